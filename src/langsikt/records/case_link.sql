-- Two cases of one family, linked by somebody who may read both (ADR 0022). Applied before network.sql, whose collision
-- check asks first what was said of the two, and compares tokens only where nothing was.

-- Whether two cases may live together, as it was last said; null when they are not linked.
create or replace function langsikt_linked(one uuid, other uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select case when l.ended then null else l.together end from records_caselink l
   where l.case_id in (one, other) and l.other_id in (one, other) order by l.number desc limit 1
$$;

-- The links that whoever may read one of the cases is told of: what holds now, where it is not secret.
create or replace function langsikt_open_links() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select l.id from records_caselink l
   where not l.secret and not l.ended
     and (l.case_id in (select langsikt_my_cases()) or l.other_id in (select langsikt_my_cases()))
     and not exists (select 1 from records_caselink n
                      where n.case_id in (l.case_id, l.other_id) and n.other_id in (l.case_id, l.other_id)
                        and n.number > l.number)
$$;

-- Says what two cases are to each other; by whoever may steer both, and by nobody else.
create or replace function langsikt_link_cases(new_id uuid, the_case uuid, the_other uuid, the_relation text,
  is_secret boolean, may_live_together boolean, has_ended boolean, moment timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (langsikt_may_steer(the_case) and langsikt_may_steer(the_other)) is not true then
    raise exception 'langsikt: not yours to link';
  end if;
  if the_relation not in ('sibling', 'child', 'parent', 'partner') then
    raise exception 'langsikt: no such relation';
  end if;
  if exists (  -- what holds already is not said again: a button pressed twice is one row
    select from records_caselink l
     where (l.case_id, l.other_id) = (the_case, the_other)
       and (l.relation, l.secret, l.together, l.ended) = (the_relation, is_secret, may_live_together, has_ended)
       and l.number = (select max(m.number) from records_caselink m
                        where m.case_id in (the_case, the_other) and m.other_id in (the_case, the_other))
  ) then
    return;
  end if;
  insert into records_caselink (id, case_id, other_id, number, relation, secret, together, ended, actor_id, at)
  select new_id, the_case, the_other, coalesce(max(l.number), 0) + 1, the_relation, is_secret, may_live_together,
         has_ended, langsikt_actor(), moment
    from records_caselink l where l.case_id in (the_case, the_other) and l.other_id in (the_case, the_other);
end $$;

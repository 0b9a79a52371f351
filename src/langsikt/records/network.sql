-- Who has somebody in common: blind tokens compared inside the database, which says yes or no and nothing else
-- (rules B4.1, B4.4, B4.10; ADR 0019). Applied after need_to_know.sql.

-- Two cases are of one network when somebody stands in the networks of both, or the person of one in the other's.
-- The same person in both is a duplicate, not a network.
create or replace function langsikt_one_network(one uuid, other uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from records_identitytoken a join records_identitytoken b on b.token = a.token
     where a.case_id = one and b.case_id = other and one <> other
       and a.part in ('person', 'network') and b.part in ('person', 'network')
       and not (a.part = 'person' and b.part = 'person'))
$$;

-- Two cases are kept apart: as it was said of the two where they are linked, else when they are of one network.
create or replace function langsikt_apart(one uuid, other uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(not langsikt_linked(one, other), langsikt_one_network(one, other))
$$;

-- The cases that live in a dwelling now, once per placement.
create or replace function langsikt_living(dwelling uuid) returns table (case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.case_id from records_placement p join records_event e on e.id = p.event_id
   where e.name = 'start_placement'
     and coalesce((select q.place_id from records_event k join records_placement q on q.event_id = k.id
                    where k.corrects_id = e.id order by k.seq desc limit 1), p.place_id) = dwelling
     and not exists (select 1 from records_event k join records_correction x on x.event_id = k.id
                      where k.corrects_id = e.id and x.never_happened)
     and not exists (select 1 from records_placementchange c join records_event ce on ce.id = c.event_id
                      where c.placement_id = e.id and c.ended_on is not null and ce.corrects_id is null
                        and not exists (select 1 from records_event k join records_correction x on x.event_id = k.id
                                         where k.corrects_id = ce.id and x.never_happened))
     and not exists (select 1 from records_event z where z.case_id = e.case_id and z.seq > e.seq
                      and z.name in ('record_death', 'void_case', 'transfer_case'))
$$;

-- Whether two linked cases live in one dwelling now; told to whoever may read both.
create or replace function langsikt_live_together(one uuid, other uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select langsikt_may_touch(one) and langsikt_may_touch(other) and exists (
    select 1 from records_placement p
     where p.case_id = one and one in (select langsikt_living(p.place_id))
       and other in (select langsikt_living(p.place_id)))
$$;

-- How many people live in a dwelling now, over all cases; a number and nothing else.
create or replace function langsikt_taken(dwelling uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from langsikt_living(dwelling)
$$;

create or replace function langsikt_place_collides(the_case uuid, dwelling uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct l.case_id from langsikt_living(dwelling) l where langsikt_apart(the_case, l.case_id)
$$;

-- Whether this case may have a place here: one answer, whether the dwelling is full or somebody of the network is there.
create or replace function langsikt_place_open(the_case uuid, dwelling uuid, capacity integer) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select langsikt_may_touch(the_case)
     and (select count(*) from langsikt_living(dwelling)) + capacity * (
           select count(*) from langsikt_place_collides(the_case, dwelling)) < capacity
$$;

-- The other cases of the network that have had the same contact person or interpreter.
create or replace function langsikt_supporter_collides(the_case uuid, the_part text, number bytea, name bytea)
returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select distinct t.case_id from records_identitytoken t
   where t.part = the_part and t.token in (number, name) and langsikt_apart(the_case, t.case_id)
$$;

-- Whether somebody may be contact person or interpreter here: one answer, whether they are taken already (five
-- assignments, or another booking within two hours), stand in the network as more than a support, or collide.
create or replace function langsikt_supporter_open(
  the_case uuid, the_part text, number bytea, name bytea, moment timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select langsikt_may_touch(the_case)
     and (select count(*) from langsikt_supporter_collides(the_case, the_part, number, name))
       + (select count(*) from records_identitytoken t left join records_networkperson p on p.event_id = t.event_id
           where t.case_id = the_case and t.token in (number, name) and t.part in ('person', 'network')
             and coalesce((select r.network_role from records_networkrole r join records_event e on e.id = r.event_id
                            where r.network_person_id = t.event_id order by e.seq desc limit 1),
                          p.network_role, '') <> 'support')
       + (select (count(distinct t.case_id) >= 5)::integer from records_identitytoken t
           where the_part = 'contact_person' and t.part = the_part and t.token in (number, name) and t.case_id <> the_case
             and not exists (select 1 from records_interventionend x where x.running_support_id = t.event_id))
       + (select count(*) from records_identitytoken t join records_interpreterbooking b on b.event_id = t.event_id
           where the_part = 'interpreter' and t.part = the_part and t.token in (number, name) and t.case_id <> the_case
             and b.interpreter_at between moment - interval '2 hours' and moment + interval '2 hours') = 0
$$;

-- Two cases that have somebody in common, told once to whoever resolves it.
create or replace function langsikt_matched(the_kind text, one uuid, the_other uuid, at timestamptz)
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into records_match (id, kind, case_id, other_id, actor_id, at)
  select gen_random_uuid(), the_kind, one, the_other, langsikt_actor(), at
   where not exists (
     select 1 from records_match m where m.kind = the_kind and m.answered_at is null
        and least(m.case_id, m.other_id) = least(one, the_other)
        and greatest(m.case_id, m.other_id) = greatest(one, the_other))
$$;

-- A refused choice is noted where it was a collision; asked in the same way where it was not. Two linked cases are known
-- of to whoever linked them, and may be secret from everybody else: nobody is told anew.
create or replace function langsikt_note_collision(
  the_case uuid, the_kind text, dwelling uuid, number bytea, name bytea, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_may_touch(the_case) then return; end if;
  perform langsikt_matched(the_kind, the_case, x, at) from (
    select langsikt_place_collides(the_case, dwelling) as x where the_kind = 'place'
    union select langsikt_supporter_collides(the_case, the_kind, number, name) where the_kind <> 'place') found
   where langsikt_linked(the_case, x) is null;
end $$;

-- Staff whose own identity stands in a case are shut out of it at once, and it has somebody else (B4.4, D3).
create or replace function langsikt_shut_out_kin(the_case uuid, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare who uuid;
begin
  for who in
    select distinct s.staff_id from records_identitytoken s join records_identitytoken c on c.token = s.token
     where s.part = 'staff' and c.case_id = the_case and c.part in ('person', 'network')
       and not exists (select 1 from records_denial d where d.case_id = the_case and d.staff_id = s.staff_id
                          and (d.lifted_at is null or d.ground = 'network'))
  loop
    perform langsikt_shut_out(gen_random_uuid(), the_case, who, 'network', at);
    perform langsikt_keep_worker(the_case, at);
    perform langsikt_keep_manager(the_case, at);
  end loop;
end $$;

-- Who stands in a case: the tokens of one event, anew after a correction; then what follows from them.
create or replace function langsikt_link(
  the_case uuid, the_event uuid, the_part text, number bytea, name bytea, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_may_touch(the_case) then raise exception 'langsikt: not yours to link'; end if;
  if the_part not in ('person', 'network', 'contact_person', 'interpreter') then
    raise exception 'langsikt: no such part';
  end if;
  delete from records_identitytoken t where t.event_id = the_event and t.case_id = the_case;
  insert into records_identitytoken (id, case_id, event_id, part, kind, token, from_at)
  select gen_random_uuid(), the_case, the_event, the_part, k, v, at
    from (values ('number', number), ('name', name)) as given (k, v) where v is not null;
  if the_part = 'person' then
    perform langsikt_matched('duplicate', the_case, o.case_id, at) from (
      select distinct t.case_id from records_identitytoken t
       where t.part = 'person' and t.kind = 'number' and t.token = number and t.case_id <> the_case) o;
  end if;
  if the_part in ('person', 'network') then
    -- Who is found to be of one network when they live together already: told, and nothing is moved.
    perform langsikt_matched('place', the_case, l.case_id, at) from (
      select distinct o.case_id from records_dwelling d
        join lateral langsikt_living(d.id) m on m.case_id = the_case
        join lateral langsikt_living(d.id) o
          on langsikt_one_network(the_case, o.case_id) and langsikt_linked(the_case, o.case_id) is null) l;
    perform langsikt_shut_out_kin(the_case, at);
  end if;
end $$;

-- A staff member's own identity, as tokens only; no register of relatives or homes (B4.4).
create or replace function langsikt_identify(who uuid, number bytea, name bytea, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_has_role('system_administrator') then raise exception 'langsikt: not yours to identify'; end if;
  delete from records_identitytoken t where t.staff_id = who;
  insert into records_identitytoken (id, staff_id, part, kind, token, from_at)
  select gen_random_uuid(), who, 'staff', k, v, at
    from (values ('number', number), ('name', name)) as given (k, v) where v is not null;
  perform langsikt_shut_out_kin(c.case_id, at) from (
    select distinct t.case_id from records_identitytoken t
     where t.part in ('person', 'network') and t.token in (number, name)) c;
end $$;

create or replace function langsikt_identified() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct t.staff_id from records_identitytoken t
   where t.part = 'staff' and langsikt_has_role('system_administrator')
$$;

-- Who resolves what (B4.2, B4.10): the secrecy officer all of it; the manager of duty service a possible duplicate out
-- of office hours or after an hour; a manager is told of a collision when both cases are those of his own nämnd.
create or replace function langsikt_matches()
returns table (id uuid, kind text, reference text, other text, since timestamptz, may_answer boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with me as materialized (
    select langsikt_has_role('secrecy_officer') as officer, langsikt_now() at time zone 'Europe/Stockholm' as clock,
           array(select u.district_id from records_staffrole r join records_unit u on u.id = r.unit_id
                  where r.staff_id = langsikt_actor() and r.role = 'unit_manager' and langsikt_has_role('unit_manager')
                    and r.from_on <= langsikt_today() and (r.until_on is null or r.until_on >= langsikt_today())) as boards,
           exists (select 1 from records_staffrole r join records_staffrole d on d.unit_id = r.unit_id
                    where r.staff_id = langsikt_actor() and r.role = 'unit_manager' and d.role = 'duty_service'
                      and langsikt_has_role('unit_manager')
                      and r.from_on <= langsikt_today() and (r.until_on is null or r.until_on >= langsikt_today())) as duty)
  select m.id, m.kind, c.reference, o.reference, m.at,
         me.officer or (m.kind = 'duplicate' and me.duty)
    from records_match m join records_contact c on c.id = m.case_id join records_contact o on o.id = m.other_id, me
   where m.answered_at is null
     and m.case_id not in (select langsikt_my_denied()) and m.other_id not in (select langsikt_my_denied())
     and (me.officer
       or (m.kind = 'duplicate' and me.duty and (m.at < langsikt_now() - interval '1 hour'
            or extract(isodow from me.clock) > 5 or extract(hour from me.clock) not between 8 and 16))
       or (m.kind <> 'duplicate' and c.district_id = any (me.boards) and o.district_id = any (me.boards)))
   order by m.at
$$;

create or replace function langsikt_answer_match(the_match uuid, what text, moment timestamptz)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update records_match m set answered_at = moment, answered_by_id = langsikt_actor(), answer = what
   where m.id in (select x.id from langsikt_matches() x where x.id = the_match and x.may_answer);
  return found;
end $$;

-- Three refused choices in one case within a week (B4.1): for the coordinator to choose instead, and for the log review.
create or replace function langsikt_tries()
returns table (case_id uuid, reference text, tries integer, last_at timestamptz, actors uuid[])
language sql stable security definer set search_path = public, pg_temp as $$
  select j.case_id, case when langsikt_has_role('housing_coordinator') then min(c.reference) end, count(*)::integer,
         max(j.at), array_agg(distinct j.actor)
    from records_journalentry j join records_contact c on c.id = j.case_id
   where j.result = 'HardStop' and j.reason in ('place_free', 'supporter_free', 'interpreter_free')
     and j.at > langsikt_now() - interval '7 days'
     and (langsikt_has_role('housing_coordinator') or langsikt_has_role('log_reviewer'))
     and j.case_id not in (select langsikt_my_denied())
   group by j.case_id having count(*) >= 3 order by max(j.at) desc
$$;

-- Skriv till ärende (rules D5): the wrapped key that a note into a case is sealed with. It opens nothing without the
-- rows, which stay hidden. For a reference that is not there the key of any case is given, and nothing is kept by it.
create or replace function langsikt_note_key(the_reference text)
returns table (key_id uuid, scope_id uuid, kek text, wrapped bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select * from (
    (select k.id, k.scope_id, k.kek, k.wrapped from records_contact c join records_datakey k on k.scope_id = c.id
      where c.reference = the_reference)
    union all
    (select k.id, k.scope_id, k.kek, k.wrapped from records_datakey k where k.scope = 'case' limit 1)) found
   where langsikt_actor() is not null limit 1
$$;

-- Adds the note as an event of the case, by whoever acts, and says nothing of whether there was a case.
create or replace function langsikt_write_into(
  the_reference text, the_event uuid, sealed bytea, by_role text, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare the_case uuid;
begin
  if langsikt_actor() is null then raise exception 'langsikt: nobody acts'; end if;
  select c.id into the_case from records_contact c join records_datakey k on k.scope_id = c.id
   where c.reference = the_reference;
  insert into records_event (id, case_id, seq, name, happened_at, recorded_at, actor_id, role)
  select the_event, the_case, coalesce(max(e.seq), 0) + 1, 'receive_note', at, at, langsikt_actor(), by_role
    from records_event e where e.case_id = the_case having the_case is not null;
  insert into records_note (event_id, case_id, note) select the_event, the_case, sealed where the_case is not null;
end $$;

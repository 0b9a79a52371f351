-- Who is shut out of a case, and who has it then (rules B4.3, D3). Applied after protection.sql.
-- What only other functions of the database call is granted to nobody (protection.OWNERS_FUNCTIONS).

-- Ends what somebody had in a case, and shuts them out of it.
create or replace function langsikt_shut_out(new_id uuid, the_case uuid, who uuid, why text, at timestamptz)
returns void language sql security definer set search_path = public, pg_temp as $$
  update records_assignment a set until_at = at
   where a.case_id = the_case and a.staff_id = who and (a.until_at is null or a.until_at > at);
  insert into records_denial (id, case_id, staff_id, ground, from_at) values (new_id, the_case, who, why, at);
$$;

create or replace function langsikt_allowed(the_case uuid, who uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from records_staff s where s.id = who and s.is_active) and not exists (
    select 1 from records_denial d where d.case_id = the_case and d.staff_id = who and d.lifted_at is null)
$$;

create or replace function langsikt_present(who uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (
    select 1 from records_absence b where b.staff_id = who and langsikt_today() between b.from_on and b.until_on)
$$;

-- Who takes a case that nobody is left in: the stand-in, a manager of the unit, the unit's fallback, a manager
-- elsewhere, at last anybody who works with cases. Whoever is present goes before whoever is away.
create or replace function langsikt_heir(the_case uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select r.staff_id
    from records_contact c join records_unit u on u.id = c.unit_id
    join records_staffrole r on r.role in ('case_worker', 'unit_manager', 'duty_service')
     and r.from_on <= langsikt_today() and (r.until_on is null or r.until_on >= langsikt_today())
    left join records_unit o on o.id = r.unit_id
   where c.id = the_case and langsikt_allowed(the_case, r.staff_id)
   order by langsikt_present(r.staff_id) desc,
            exists (select 1 from records_assignment a
                     where a.case_id = the_case and a.staff_id = r.staff_id and a.relation = 'stand_in'
                       and (a.until_at is null or a.until_at > langsikt_now())) desc,
            (r.role = 'unit_manager' and r.unit_id = c.unit_id) desc,
            (r.staff_id = u.fallback_id) desc nulls last,
            (r.role = 'unit_manager') desc,
            (o.district_id = c.district_id) desc nulls last,
            r.staff_id
   limit 1
$$;

-- Sees to it that somebody allowed and present has the case (D3); nothing happens where somebody has.
create or replace function langsikt_keep_worker(the_case uuid, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare heir uuid;
begin
  if exists (
    select 1 from records_assignment a
     where a.case_id = the_case and a.relation in ('case_worker', 'duty_service', 'stand_in')
       and (a.until_at is null or a.until_at > langsikt_now())
       and langsikt_allowed(the_case, a.staff_id) and langsikt_present(a.staff_id)
       and (a.relation <> 'stand_in' or exists (
             select 1 from records_assignment w
              where w.case_id = the_case and w.relation = 'case_worker'
                and (w.until_at is null or w.until_at > langsikt_now()) and not langsikt_present(w.staff_id))))
  then return; end if;
  heir := langsikt_heir(the_case);
  if heir is not null then
    insert into records_assignment (id, case_id, staff_id, relation, from_at)
    values (gen_random_uuid(), the_case, heir, 'case_worker', at);
  end if;
end $$;

-- Whether a manager who may see the case is left when `without` no longer counts.
create or replace function langsikt_manager_left(the_case uuid, without uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from records_staffrole r left join records_contact c on c.id = the_case and c.unit_id = r.unit_id
     where r.role = 'unit_manager' and r.staff_id is distinct from without
       and r.from_on <= langsikt_today() and (r.until_on is null or r.until_on >= langsikt_today())
       and langsikt_allowed(the_case, r.staff_id)
       and (c.id is not null or exists (
             select 1 from records_assignment a
              where a.case_id = the_case and a.staff_id = r.staff_id and a.relation = 'unit_manager'
                and (a.until_at is null or a.until_at > langsikt_now()))))
$$;

-- The manager of another unit who would step in: the next level (rules B4.3).
create or replace function langsikt_next_manager(the_case uuid, without uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select r.staff_id
    from records_contact c join records_unit u on u.id = c.unit_id
    join records_staffrole r on r.role = 'unit_manager' and r.unit_id is distinct from c.unit_id
     and r.from_on <= langsikt_today() and (r.until_on is null or r.until_on >= langsikt_today())
    left join records_unit o on o.id = r.unit_id
   where c.id = the_case and r.staff_id is distinct from without and langsikt_allowed(the_case, r.staff_id)
   order by (r.staff_id = u.fallback_id) desc nulls last, (o.district_id = c.district_id) desc nulls last, r.staff_id
   limit 1
$$;

create or replace function langsikt_keep_manager(the_case uuid, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare next_level uuid;
begin
  if langsikt_manager_left(the_case, null) then return; end if;
  next_level := langsikt_next_manager(the_case, null);
  if next_level is not null then
    insert into records_assignment (id, case_id, staff_id, relation, from_at)
    values (gen_random_uuid(), the_case, next_level, 'unit_manager', at);
  end if;
end $$;

-- What the person asks to exclude binds all managers but one (rules B4.3): whether one would still be left.
create or replace function langsikt_some_manager(the_case uuid, without uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select langsikt_may_touch(the_case)
     and (langsikt_manager_left(the_case, without) or langsikt_next_manager(the_case, without) is not null)
$$;

-- Jag är jävig: about oneself only, at once, and never refused.
create or replace function langsikt_declare(new_id uuid, the_case uuid, why text, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_may_touch(the_case) then raise exception 'langsikt: not yours to exclude from'; end if;
  if why not in ('conflict_of_interest', 'kinship') then raise exception 'langsikt: no such ground'; end if;
  perform langsikt_shut_out(new_id, the_case, langsikt_actor(), why, at);
  perform langsikt_keep_worker(the_case, at);
  perform langsikt_keep_manager(the_case, at);
end $$;

-- The conflicts of interest that a manager has to examine (FL 18 §), never one's own.
create or replace function langsikt_conflicts()
returns table (id uuid, reference text, staff uuid, ground text, since timestamptz, examined timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, c.reference, d.staff_id, d.ground, d.from_at, d.examined_at
    from records_denial d join records_contact c on c.id = d.case_id
   where d.ground in ('conflict_of_interest', 'kinship') and d.lifted_at is null and d.examined_at is null
     and d.staff_id <> langsikt_actor()
     and d.case_id in (select m.case_id from langsikt_my_relations() m where m.relation = 'unit_manager')
     and d.case_id not in (select langsikt_my_denied())
   order by d.from_at
$$;

-- The manager's answer: it stands, or it is lifted; kinship always stands. Returns the case, null when not to be examined.
create or replace function langsikt_examine(the_denial uuid, stands boolean, at timestamptz)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare the_case uuid;
begin
  update records_denial d
     set examined_at = at, examined_by_id = langsikt_actor(), lifted_at = case when stands then null else at end
   where d.id = the_denial and (stands or d.ground = 'conflict_of_interest')
     and d.id in (select x.id from langsikt_conflicts() x)
  returning d.case_id into the_case;
  return the_case;
end $$;

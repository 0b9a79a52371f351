-- What the database itself knows about who may see what. Applied again at each `langsikt migrate`.
-- The functions are SECURITY DEFINER so that policies can read the tables that decide; each has
-- a fixed search_path, and none returns more than identifiers.

create or replace function langsikt_actor() returns uuid language sql stable
set search_path = public, pg_temp as $$
  select nullif(current_setting('langsikt.actor', true), '')::uuid
$$;

create or replace function langsikt_now() returns timestamptz language sql stable
set search_path = public, pg_temp as $$
  select coalesce(nullif(current_setting('langsikt.now', true), '')::timestamptz, now())
$$;

create or replace function langsikt_today() returns date language sql stable
set search_path = public, pg_temp as $$
  select (langsikt_now() at time zone 'Europe/Stockholm')::date
$$;

create or replace function langsikt_has_role(wanted text) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (
    select 1 from records_staffrole r join records_staff s on s.id = r.staff_id
     where r.staff_id = langsikt_actor() and s.is_active and r.role = wanted
       and r.from_on <= langsikt_today() and (r.until_on is null or r.until_on >= langsikt_today()))
$$;

-- The cases that the actor has a reason to see, and the reason.
create or replace function langsikt_my_relations() returns table (case_id uuid, relation text)
language sql stable security definer set search_path = public, pg_temp as $$
  -- Clock, actor and roles once, not for each of a thousand rows: every policy of every table asks this.
  with held as materialized (
    select langsikt_actor() as me, langsikt_now() as now, langsikt_today() as today,
           array(select r.role from records_staffrole r join records_staff s on s.id = r.staff_id
                  where r.staff_id = langsikt_actor() and s.is_active and r.from_on <= langsikt_today()
                    and (r.until_on is null or r.until_on >= langsikt_today())) as roles)
  select a.case_id, a.relation from records_assignment a, held h
   where a.staff_id = h.me and a.from_at <= h.now and (a.until_at is null or a.until_at > h.now)
     and case when a.relation in ('duty_service', 'housing_coordinator', 'unit_manager') then a.relation = any (h.roles)
              else h.roles && array['case_worker', 'unit_manager', 'duty_service'] end
     and (a.relation <> 'stand_in' or exists (
           select 1 from records_assignment w join records_absence b on b.staff_id = w.staff_id
            where w.case_id = a.case_id and w.relation = 'case_worker'
              and (w.until_at is null or w.until_at > h.now)
              and h.today between b.from_on and b.until_on))
  union
  select c.id, 'unit_manager' from records_contact c join records_staffrole r on r.unit_id = c.unit_id
    join records_staff s on s.id = r.staff_id
   where r.staff_id = langsikt_actor() and s.is_active and r.role = 'unit_manager'
     and r.from_on <= langsikt_today() and (r.until_on is null or r.until_on >= langsikt_today())
  union
  select e.case_id, 'emergency' from records_emergency e, held h
   where e.staff_id = h.me and e.from_at <= h.now and e.until_at > h.now
     and h.roles && array['case_worker', 'duty_service']
$$;

create or replace function langsikt_my_cases() returns setof uuid language sql stable security definer
set search_path = public, pg_temp as $$
  select case_id from langsikt_my_relations()
$$;

create or replace function langsikt_my_denied() returns setof uuid language sql stable security definer
set search_path = public, pg_temp as $$
  select d.case_id from records_denial d
   where d.staff_id = langsikt_actor() and d.from_at <= langsikt_now() and d.lifted_at is null
$$;

create or replace function langsikt_may_touch(the_case uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select the_case in (select langsikt_my_cases()) and the_case not in (select langsikt_my_denied())
$$;

-- The same for whoever is there by more than an emergency: only they say who has a case and who must not see it.
create or replace function langsikt_may_steer(the_case uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select the_case in (select r.case_id from langsikt_my_relations() r where r.relation <> 'emergency')
     and the_case not in (select langsikt_my_denied())
$$;

-- Assignments and denials are written here only.
create or replace function langsikt_assign(new_id uuid, the_case uuid, who uuid, as_what text, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from records_contact where id = the_case) then
    if not (langsikt_may_steer(the_case) or as_what = 'housing_coordinator' and langsikt_may_touch(the_case)) then
      raise exception 'langsikt: not yours to assign';
    end if;
  elsif who <> langsikt_actor() then raise exception 'langsikt: a new contact is its maker''s';
  end if;
  if exists (select 1 from records_denial d where d.case_id = the_case and d.staff_id = who and d.lifted_at is null) then
    raise exception 'langsikt: denied';
  end if;
  insert into records_assignment (id, case_id, staff_id, relation, from_at) values (new_id, the_case, who, as_what, at);
end $$;

create or replace function langsikt_unassign(the_case uuid, who uuid, as_what text, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (langsikt_may_steer(the_case) or as_what = 'housing_coordinator' and langsikt_may_touch(the_case)) then
    raise exception 'langsikt: not yours to assign';
  end if;
  update records_assignment a set until_at = at
   where a.case_id = the_case and a.relation = as_what and (who is null or a.staff_id = who)
     and (a.until_at is null or a.until_at > at);
end $$;

-- A case moves to another team: duty service hands over (rules B3.3).
create or replace function langsikt_move(the_case uuid, to_unit uuid)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_may_steer(the_case) then raise exception 'langsikt: not yours to move'; end if;
  update records_contact c set unit_id = to_unit, district_id = u.district_id
    from records_unit u where u.id = to_unit and c.id = the_case;
end $$;

-- Who must not see a case is written here only; a manager who is shut out is replaced by the next level.
create or replace function langsikt_deny(new_id uuid, the_case uuid, who uuid, why text, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_may_steer(the_case) then raise exception 'langsikt: not yours to exclude from'; end if;
  perform langsikt_shut_out(new_id, the_case, who, why, at);
  perform langsikt_keep_manager(the_case, at);
end $$;

create or replace function langsikt_lift(the_denial uuid, at timestamptz)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare the_case uuid;
begin
  if not langsikt_has_role('secrecy_officer') then raise exception 'langsikt: not yours to lift'; end if;
  update records_denial d set lifted_at = at where d.id = the_denial and d.lifted_at is null
   and d.staff_id <> langsikt_actor() and d.ground <> 'kinship' returning d.case_id into the_case;
  return the_case;
end $$;

-- The secrecy officer sees exclusions by reference, and nothing else of the case.
create or replace function langsikt_exclusions() returns table (id uuid, reference text, staff uuid, ground text, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, c.reference, d.staff_id, d.ground, d.from_at
    from records_denial d join records_contact c on c.id = d.case_id
   where langsikt_has_role('secrecy_officer') and d.lifted_at is null
     and d.case_id not in (select langsikt_my_denied())
   order by d.from_at desc
$$;

-- Whether a case keeps an allowed, present worker when `without` no longer counts (rules D3).
create or replace function langsikt_worker_left(the_case uuid, without uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select langsikt_may_touch(the_case) and exists (
    select 1 from records_assignment a join records_staff s on s.id = a.staff_id
     where a.case_id = the_case and a.relation in ('case_worker', 'duty_service') and a.staff_id <> without
       and s.is_active and (a.until_at is null or a.until_at > langsikt_now())
       and not exists (select 1 from records_denial d where d.case_id = the_case and d.staff_id = a.staff_id and d.lifted_at is null)
       and not exists (select 1 from records_absence b where b.staff_id = a.staff_id and langsikt_today() between b.from_on and b.until_on))
$$;

create or replace function langsikt_is_denied(the_case uuid, who uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select langsikt_may_touch(the_case) and exists (
    select 1 from records_denial d where d.case_id = the_case and d.staff_id = who and d.lifted_at is null)
$$;

-- Rådgivning: nothing about the person is kept (SoL 14:4). Only before there is a case.
create or replace function langsikt_erase_contact(the_case uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_may_steer(the_case) or exists (select 1 from records_case where case_id = the_case) then
    raise exception 'langsikt: only a contact that is no case may be erased so';
  end if;
  delete from records_contactmade where case_id = the_case;
  delete from records_safecontact where case_id = the_case;
  delete from records_person where case_id = the_case;
  delete from records_note where case_id = the_case;
  delete from records_correction where case_id = the_case;
  delete from records_responsibility where case_id = the_case;
  delete from records_whereaboutsend where case_id = the_case;
  delete from records_whereabouts where case_id = the_case;
  delete from records_draft where case_id = the_case;
  delete from records_ending where case_id = the_case;
  delete from records_contactended n using records_event e
   where e.id = n.event_id and e.case_id = the_case and e.name <> 'give_advice';
  delete from records_event where case_id = the_case and corrects_id is not null and name <> 'give_advice';
  delete from records_event where case_id = the_case and name <> 'give_advice';
  delete from records_identitytoken where case_id = the_case;
  delete from records_match where case_id = the_case or other_id = the_case;
  delete from records_caselink where case_id = the_case or other_id = the_case;
  insert into records_tombstone (key_id, erased_at)
    select id, langsikt_now() from records_datakey where scope_id = the_case on conflict do nothing;
  delete from records_datakey where scope_id = the_case;
end $$;

-- The first administrator of an empty installation; everything after that is done as somebody.
drop function if exists langsikt_found(text, bytea, uuid, timestamptz);
create or replace function langsikt_found(kind_of text, check_value bytea, key_prints text[], administrator uuid, at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from records_installation) then raise exception 'langsikt: already founded'; end if;
  insert into records_installation (id, kind, founded_at, key_check, prints, attested)
    values (1, kind_of, at, check_value, key_prints, '{}');
  insert into records_staffrole (id, staff_id, role, from_on)
    values (gen_random_uuid(), administrator, 'system_administrator', (at at time zone 'Europe/Stockholm')::date);
end $$;

create or replace function langsikt_installation() returns table (kind text, key_check bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select kind, key_check from records_installation
$$;

-- What the start compares the key service with: prints of the known keys, of those with a tested copy, the keys in use.
create or replace function langsikt_keys() returns table (prints text[], attested text[], used text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select i.prints, i.attested, array(select distinct k.kek from records_datakey k) from records_installation i
$$;

-- Everything of a case but the journal and the findings of the log review, which hold pseudonyms; a table that a later
-- version adds is found by its column.
create or replace function langsikt_erase_rows(the_case uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare t text;
begin
  delete from records_receipt r using records_contact c where c.id = the_case and r.reference = c.reference;
  delete from records_match where other_id = the_case;
  delete from records_caselink where other_id = the_case;
  for t in select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'case_id'
              and not a.attisdropped and c.relname not like 'records_journal%' and c.relname <> 'records_finding' loop
    execute format('delete from %I where case_id = $1', t) using the_case;
  end loop;
  insert into records_tombstone (key_id, erased_at)
    select id, langsikt_now() from records_datakey where scope_id = the_case on conflict do nothing;
  delete from records_datakey where scope_id = the_case;
  delete from records_contact where id = the_case;
end $$;

-- Gallring takes two (rules D4): a manager of the case asks, and a secrecy officer, who sees nothing of it, agrees.
-- Whatever is recorded in the case in between, or an exclusion of either of them, makes the request void.
create or replace function langsikt_ask_erasure(new_id uuid, the_case uuid, first date, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not langsikt_may_touch(the_case) or not exists (
       select 1 from langsikt_my_relations() r where r.case_id = the_case and r.relation = 'unit_manager') then
    raise exception 'langsikt: not yours to erase';
  end if;
  insert into records_erasure (id, about, reference, from_on, asked_by_id, asked_at)
    select new_id, c.id, c.reference, first, langsikt_actor(), at from records_contact c where c.id = the_case;
end $$;

create or replace function langsikt_asked_erasures()
returns table (id uuid, reference text, from_on date, asked_by uuid, asked_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.reference, r.from_on, r.asked_by_id, r.asked_at from records_erasure r
   where langsikt_has_role('secrecy_officer') and r.agreed_at is null and r.asked_by_id <> langsikt_actor()
     and r.about not in (select langsikt_my_denied())
     and not exists (select 1 from records_event e where e.case_id = r.about and e.recorded_at > r.asked_at)
   order by r.asked_at
$$;

create or replace function langsikt_erase_case(the_request uuid, at timestamptz) returns table (the_case uuid, key_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare found uuid; key uuid;
begin
  update records_erasure r set agreed_by_id = langsikt_actor(), agreed_at = at, reference = ''
   where r.id = the_request and r.id in (select a.id from langsikt_asked_erasures() a) and r.from_on <= langsikt_today()
   returning r.about into found;
  if found is null then return; end if;
  select k.id into key from records_datakey k where k.scope_id = found;
  perform langsikt_erase_rows(found);
  return query select found, key;
end $$;

-- Data keys whose share outside the database must be gone, and how many have lost theirs (random ids, nothing else).
create or replace function langsikt_tombstones() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select key_id from records_tombstone
$$;

create or replace function langsikt_guards() returns table (name text, told bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select name, told from records_guard
$$;

create or replace function langsikt_keys_without_share(held uuid[]) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from records_datakey k where not exists (select 1 from unnest(held) h where h = k.id)
$$;

-- Numbers about groups for the analyst; disclosure control is done above (insight.disclosure). All of them are counted
-- as they stood at `until`, by when things were recorded, so that two looks in one quarter cannot be compared.
drop function if exists langsikt_open_cases();
create or replace function langsikt_open_cases(until timestamptz) returns table (district text, cases bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.key, (select count(*) from records_case k join records_contact c on c.id = k.case_id
                  where c.district_id = d.key and k.made_at < until and not exists (
                    select 1 from records_event e where e.case_id = c.id and e.recorded_at < until
                       and e.name in ('close_case', 'sign_closure', 'record_death', 'void_case', 'transfer_case')
                       and not exists (select 1 from records_event r where r.case_id = c.id and r.name = 'reopen_case'
                                          and r.recorded_at < until and r.seq > e.seq)))
    from records_district d
   where langsikt_has_role('analyst') or langsikt_has_role('unit_manager')
$$;

-- The latest answer of each case in the year before `until`: a contact person or not (R14), a joint plan or not (R17).
-- Cases are counted, not answers, each as its latest correction says it; what was registered in error is left out.
create or replace function langsikt_answers(until timestamptz)
returns table (district text, question text, answer text, cases bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with said as materialized (
    select e.case_id as id, e.seq, coalesce(k.id, e.id) as row_id
      from records_event e
      left join lateral (select c.id from records_event c where c.corrects_id = e.id and c.recorded_at < until
                          order by c.seq desc limit 1) k on true
     where e.name in ('conclude_investigation', 'assess_needs_after', 'follow_up', 'answer_coordinated_plan') and e.corrects_id is null
       and e.recorded_at < until and e.recorded_at >= until - interval '1 year'
       and (langsikt_has_role('analyst') or langsikt_has_role('unit_manager'))
       and not exists (select 1 from records_event c join records_correction x on x.event_id = c.id
                        where c.corrects_id = e.id and c.recorded_at < until and x.never_happened)
       and not exists (select 1 from records_event v where v.case_id = e.case_id and v.name = 'void_case')),
  answered as (
    select s.id, s.seq, a.question, a.answer from said s cross join lateral (
      select 'contact_person' as question, contact_person_wish as answer from records_conclusion where event_id = s.row_id
      union all select 'contact_person', contact_person_wish from records_needassessment where event_id = s.row_id
      union all select 'contact_person', contact_person_wish from records_followup where event_id = s.row_id
      union all select 'coordinated_plan', coordinated_plan from records_needassessment where event_id = s.row_id
      union all select 'coordinated_plan', coordinated_plan from records_followup where event_id = s.row_id
      union all select 'coordinated_plan', coordinated_plan from records_coordinatedplan where event_id = s.row_id) a
     where a.answer is not null),
  latest as (
    select distinct on (id, question) id, question, answer from answered order by id, question, seq desc)
  select c.district_id, l.question, l.answer, count(*) from latest l join records_contact c on c.id = l.id
   group by c.district_id, l.question, l.answer
$$;

-- Unsafe nights that nobody has acted on for a day (R24). The named stand-in is told the reference and since when, and
-- gets no right to the case by it. A case that she may see anyway is not here, nor one that she is excluded from.
-- Only plain columns are read: who is named, what was answered about the night, and when somebody did something.
create or replace function langsikt_unsafe_nights() returns table (case_id uuid, reference text, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with named as materialized (
    select distinct a.case_id as id from records_assignment a
     where a.staff_id = langsikt_actor() and a.relation = 'stand_in' and a.from_at <= langsikt_now()
       and (a.until_at is null or a.until_at > langsikt_now())
       and (langsikt_has_role('case_worker') or langsikt_has_role('unit_manager') or langsikt_has_role('duty_service'))
       and a.case_id not in (select langsikt_my_denied()) and a.case_id not in (select langsikt_my_cases())
       and exists (select 1 from records_case k where k.case_id = a.case_id)),
  -- Each event as its latest correction says it, and without those that never happened.
  said as materialized (
    select e.case_id as id, e.name, e.seq, coalesce(k.happened_at, e.happened_at) as happened_at,
           coalesce(k.recorded_at, e.recorded_at) as recorded_at, coalesce(k.id, e.id) as row_id
      from records_event e join named n on n.id = e.case_id
      left join lateral (select c.id, c.happened_at, c.recorded_at from records_event c
                          where c.corrects_id = e.id order by c.seq desc limit 1) k on true
     where e.corrects_id is null and not exists (
       select 1 from records_event c join records_correction x on x.event_id = c.id
        where c.corrects_id = e.id and x.never_happened)),
  -- What was answered about the night; an acute ending without an answer is one: not known.
  nights as materialized (
    select s.id, s.seq, s.happened_at, s.recorded_at, coalesce(
             (select t.tonight from records_contactmade t where t.event_id = s.row_id),
             (select t.tonight from records_acutesafety t where t.event_id = s.row_id),
             (select t.tonight from records_checkin t where t.event_id = s.row_id),
             (select t.tonight from records_followup t where t.event_id = s.row_id),
             (select t.tonight from records_familycontact t where t.event_id = s.row_id),
             (select t.tonight from records_missing t where t.event_id = s.row_id),
             (select t.tonight from records_placementchange t where t.event_id = s.row_id),
             case when s.name = 'end_placement_acutely' then 'unknown' end) as tonight
      from said s),
  latest as (
    select distinct on (id) id, tonight from nights where tonight is not null
     order by id, happened_at desc, seq desc),
  acted as (
    select s.id, max(s.recorded_at) as at from said s join nights n on n.id = s.id and n.seq = s.seq
     where n.tonight is not null
        or s.name in ('receive_contact', 'reopen_case', 'check_in', 'follow_up', 'write_note', 'answer_acute_safety',
                      'record_safe_contact', 'record_person_found', 'record_family_contact', 'report_missing_person',
                      'start_placement')
     group by s.id)
  select c.id, c.reference, a.at from latest l join acted a on a.id = l.id join records_contact c on c.id = l.id
   where l.tonight in ('unsafe', 'unknown') and a.at <= langsikt_now() - interval '24 hours'
     and not exists (
       select 1 from said z where z.id = l.id
          and z.name in ('close_case', 'sign_closure', 'record_death', 'void_case', 'transfer_case',
                         'decline_investigation', 'give_advice', 'hand_over_contact')
          and not exists (select 1 from said r where r.id = l.id and r.name = 'reopen_case' and r.seq > z.seq))
   order by a.at
$$;

-- How many searches for a place found none, by what the place had to suit; who searched and for whom is not stored.
create or replace function langsikt_unmet_needs(from_on date, until_on date) returns table (need text, searches bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.need, count(*) from records_unmetneed u, unnest(u.suits || u.age_band) n(need)
   where u.searched_on >= from_on and u.searched_on < until_on and n.need is not null
     and (langsikt_has_role('analyst') or langsikt_has_role('unit_manager'))
   group by n.need
  union all
  select 'all', count(*) from records_unmetneed u
   where u.searched_on >= from_on and u.searched_on < until_on
     and (langsikt_has_role('analyst') or langsikt_has_role('unit_manager'))
$$;

-- Nödöppna (rules B3.2): one hour, from an exact reference or the latest number of a person. Whoever is excluded gets
-- the answer of a made-up reference: nothing. The task to review comes in the same statement as the opening.
create or replace function langsikt_open_emergency(new_id uuid, the_reference text, the_number bytea, why text)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare the_case uuid; at timestamptz := langsikt_now();
begin
  if why = '' or not (langsikt_has_role('case_worker') or langsikt_has_role('duty_service')) then return null; end if;
  select c.id into the_case from records_contact c
   where (c.reference = the_reference or exists (
           select 1 from records_person p join records_event e on e.id = p.event_id
            where p.case_id = c.id and p.number_token = the_number and not exists (
              select 1 from records_person q join records_event f on f.id = q.event_id
               where q.case_id = p.case_id and q.number_token is not null and f.seq > e.seq)))
     and c.id not in (select langsikt_my_denied())
   order by c.made_at desc limit 1;
  if the_case is null then return null; end if;
  insert into records_emergency (id, case_id, staff_id, reason, from_at, until_at)
    values (new_id, the_case, langsikt_actor(), why, at, at + interval '60 minutes');
  insert into records_finding (id, rule, staff_id, case_id, at, found_at, entries, seed)
    values (new_id, 'emergency', langsikt_actor(), the_case, at, at, '{}', '');
  return the_case;
end $$;

-- Fortsätt: one more hour, while the last one runs and for an hour after it. A review already done is asked for again.
create or replace function langsikt_continue_emergency(new_id uuid, the_reference text)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare last records_emergency; first_id uuid; at timestamptz := langsikt_now();
begin
  if not (langsikt_has_role('case_worker') or langsikt_has_role('duty_service')) then return null; end if;
  select e.* into last from records_emergency e join records_contact c on c.id = e.case_id
   where c.reference = the_reference and e.staff_id = langsikt_actor() and e.from_at <= at
     and e.until_at > at - interval '60 minutes' and e.case_id not in (select langsikt_my_denied())
   order by e.until_at desc limit 1;
  if last.id is null then return null; end if;
  first_id := coalesce(last.continues_id, last.id);
  insert into records_emergency (id, case_id, staff_id, reason, from_at, until_at, continues_id)
    values (new_id, last.case_id, last.staff_id, last.reason, at, at + interval '60 minutes', first_id);
  if exists (select 1 from records_signoff s where s.finding_id = first_id) then
    insert into records_finding (id, rule, staff_id, case_id, at, found_at, entries, seed)
      values (new_id, 'emergency', last.staff_id, last.case_id, at, at, '{}', '');
  end if;
  return last.case_id;
end $$;

-- The case of one's own opening that ended less than an hour ago: what was being typed is kept, and nothing is shown.
create or replace function langsikt_lapsed_emergency(the_reference text)
returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select e.case_id from records_emergency e join records_contact c on c.id = e.case_id
   where c.reference = the_reference and e.staff_id = langsikt_actor() and e.until_at <= langsikt_now()
     and e.until_at > langsikt_now() - interval '60 minutes' and e.case_id not in (select langsikt_my_denied())
   order by e.until_at desc limit 1
$$;

-- What the log review calls the cases it speaks of: the reference, and never of a case that the reviewer must not see.
-- The clock asks too, to know which case a reference was typed for that led nowhere.
create or replace function langsikt_references(the_cases uuid[]) returns table (case_id uuid, reference text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.reference from records_contact c
   where (langsikt_has_role('log_reviewer') or session_user = 'langsikt_clock') and c.id = any (the_cases)
     and c.id <> all (array(select langsikt_my_denied()))
$$;

-- The journal's own columns: what the writer says of them is not heard.
create or replace function langsikt_stamp() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  new.xid := pg_current_xact_id(); new.written_at := clock_timestamp(); new.seal_no := null; new.seal := null;
  return new;
end $$;
create or replace trigger langsikt_stamp before insert on records_journalentry
  for each row execute function langsikt_stamp();

-- What the clock finds is told to every reviewer who will see it, once until they have looked: nobody sits waiting for
-- it (rules B4.6). What a reviewer finds by looking is before the eyes already, and an emergency tells of itself.
create or replace function langsikt_tell_reviewers() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  insert into records_notice (id, to_staff_id, kind, made_at, tries, next_try_at)
  select distinct on (r.staff_id) gen_random_uuid(), r.staff_id, 'to_review', new.found_at, 0, new.found_at
    from records_staffrole r join records_staff s on s.id = r.staff_id
   where session_user = 'langsikt_clock' and s.is_active and r.role = 'log_reviewer'
     and (new.found_at at time zone 'Europe/Stockholm')::date between r.from_on and coalesce(r.until_on, 'infinity')
     and r.staff_id is distinct from new.staff_id
     and not exists (select from records_denial d where d.staff_id = r.staff_id and d.case_id = new.case_id
                        and d.from_at <= new.found_at and d.lifted_at is null)
     and not exists (select from records_notice n where n.to_staff_id = r.staff_id and n.kind = 'to_review'
                        and n.seen_at is null);
  return null;
end $$;
create or replace trigger langsikt_tell_reviewers after insert on records_finding
  for each row execute function langsikt_tell_reviewers();

-- A row as the chain takes it: every column but the seal, each with its length before it, so that nothing can be
-- moved from one column to the next. access/chain.py says the same, outside the database.
create or replace function langsikt_canonical(number bigint, j records_journalentry) returns bytea
language sql stable set search_path = public, pg_temp as $$
  select convert_to(string_agg(coalesce(octet_length(part) || ':' || part, '-'), ',' order by place), 'UTF8')
    from unnest(array[number::text, j.id::text, extract(epoch from j.at)::text, j.actor::text, j.role, j.action,
                      j.case_id::text, j.shown::text, j.klass::text, j.result, j.reason, j.typed, j.xid::text,
                      extract(epoch from j.written_at)::text]) with ordinality as p (part, place)
$$;

-- Seals what lies behind the horizon: every transaction that could still bring an earlier row has ended. By id or by
-- time rows would be missed, since neither is the order of commits (design, Journal). A row with a number that this
-- server has not reached yet came by a restore. Returns how many were sealed.
create or replace function langsikt_seal(most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare number bigint := 0; head bytea := ''; r records_journalentry; sealed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtext('langsikt_seal')) then return 0; end if;
  select j.seal_no, j.seal into number, head from records_journalentry j
   where j.seal_no is not null order by j.seal_no desc limit 1;
  number := coalesce(number, 0); head := coalesce(head, '');
  for r in
    select j.* from records_journalentry j, pg_current_snapshot() s
     where j.seal_no is null and (j.xid < pg_snapshot_xmin(s) or j.xid >= pg_snapshot_xmax(s))
     order by j.xid, j.written_at, j.id limit most
  loop
    number := number + 1;
    head := sha256(head || langsikt_canonical(number, r));
    update records_journalentry j set seal_no = number, seal = head where j.id = r.id and j.seal_no is null;
    sealed := sealed + 1;
  end loop;
  return sealed;
end $$;

-- How far the seals have come: the last number and its seal, how many rows wait, and since when.
create or replace function langsikt_head() returns table (number bigint, head bytea, waiting bigint, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(l.seal_no, 0), coalesce(l.seal, ''), w.waiting, w.since
    from (select count(*) as waiting, min(written_at) as since from records_journalentry where seal_no is null) w
    left join (select seal_no, seal from records_journalentry where seal_no is not null
                order by seal_no desc limit 1) l on true
$$;

-- Whether a row has waited for more than three minutes for its seal, or for a head outside the database that covers it.
create or replace function langsikt_seal_lags() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(least(
    (select min(written_at) from records_journalentry where seal_no is null),
    (select j.written_at from records_journalentry j
      where j.seal_no = 1 + coalesce((select a.seal_no from records_anchor a where a.shipped_at is not null
                                       order by a.line desc limit 1), 0)))
    < clock_timestamp() - interval '3 minutes', false)
$$;

-- Who has ever been shown the address of a dwelling: who, in which role, when and why; never in which case. Only the
-- coordinator and the secrecy officer may ask, and of a case that they are excluded from they learn nothing.
create or replace function langsikt_address_seen(dwelling uuid)
returns table (seen_at timestamptz, who uuid, as_role text, why text)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.at, j.actor, j.role, j.reason from records_journalentry j
   where (langsikt_has_role('housing_coordinator') or langsikt_has_role('secrecy_officer'))
     and j.klass = 3 and j.result = 'done' and j.action in ('reveal_address', 'add_dwelling')
     and j.shown @> array[dwelling]
     and (j.case_id is null or j.case_id not in (select langsikt_my_denied()))
   order by j.at desc limit 500
$$;

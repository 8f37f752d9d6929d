-- Reports of one form of the units below a unit for June 2026, every one sent, approved and signed; a signed version is
-- as long as a real one: its texts, the figures of %(rows)s rows, its paper (some letters in its stead).
with child as (
    select c.descendant_id as unit_id, row_number() over (order by c.descendant_id) as at
    from units_closure c join units_unit u on u.id = c.descendant_id and u.level = %(level)s
    where c.view = 0 and c.ancestor_id = %(unit)s and c.since <= %(last)s and c.until > %(last)s
), report as (
    insert into reports_report (unit_id, form, first, last, opened_by_id, opened_at)
    select unit_id, %(form)s, %(first)s, %(last)s, %(by)s, now() from child
    on conflict do nothing
    returning id
), version as (
    insert into reports_version (report_id, number, body, hash, position, code, by_id, at)
    select id, 1, json_build_object(
        'texts', json_build_object('opinion', json_build_array(
            json_build_object('text', 'Hội viên phấn khởi, câu số ' || id || '.', 'sources', json_build_array(),
                              'kept', true, 'edited', false),
            json_build_object('text', 'Nhân dân đồng tình với chủ trương của Đảng.', 'sources', json_build_array(),
                              'kept', true, 'edited', false))),
        'figures', (select json_object_agg('bench-' || g || '|period', json_build_object(
                        'measure', 'bench-' || g, 'label', 'Đầu số liệu ' || g, 'text', g::text, 'state', 'number',
                        'value', g, 'raw', json_build_array(1, g, null), 'first', %(first)s::date, 'last', %(last)s::date))
                    from generate_series(1, %(rows)s) g),
        'paper', repeat('chữ của văn bản ', 200))::text,
        '\x00', 1, 'B' || id, %(by)s, now()
    from report
    returning id, report_id
)
insert into reports_step (report_id, state, by_id, at, why, digest, version_id)
select r.id, s.state, %(by)s, now() + s.at * interval '1 minute', '', '', case s.state when 'signed' then v.id end
from report r
cross join (values ('submitted', 1), ('approved', 2), ('signed', 3)) s (state, at)
join version v on v.report_id = r.id
order by r.id, s.at

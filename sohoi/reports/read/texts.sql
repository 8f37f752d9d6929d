-- What the sections of some signed versions say; a whole body would bring hundreds of figures with it.
select id, body::json ->> 'texts' from reports_version where id = any(%(versions)s)

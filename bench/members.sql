-- Made-up members: %(lines)s of them over all branches, and twenty thousand in the branches of one commune, so that
-- one commune is as large as a commune gets. Names are drawn from lists by a hash: the same in every run.
create temp table family (at int, name text, plain text, share int);
insert into family values (0, 'Nguyễn', 'nguyen', 38), (1, 'Trần', 'tran', 11), (2, 'Lê', 'le', 9), (3, 'Phạm', 'pham', 7),
    (4, 'Hoàng', 'hoang', 5), (5, 'Huỳnh', 'huynh', 4), (6, 'Phan', 'phan', 4), (7, 'Vũ', 'vu', 4), (8, 'Võ', 'vo', 3),
    (9, 'Đặng', 'dang', 3), (10, 'Bùi', 'bui', 3), (11, 'Đỗ', 'do', 3), (12, 'Thạch', 'thach', 2), (13, 'Danh', 'danh', 2),
    (14, 'Lâm', 'lam', 2);
create temp table middle (at int, name text, plain text);
insert into middle values (0, 'Thị', 'thi'), (1, 'Thị', 'thi'), (2, 'Thị', 'thi'), (3, 'Thị', 'thi'), (4, 'Thị Kim', 'thi kim'),
    (5, 'Thị Thu', 'thi thu'), (6, 'Ngọc', 'ngoc'), (7, 'Thị Thanh', 'thi thanh'), (8, 'Mỹ', 'my'), (9, 'Thị Hồng', 'thi hong');
create temp table given as
select row_number() over () - 1 as at, name, plain from (values
    ('Lan', 'lan'), ('Mai', 'mai'), ('Hoa', 'hoa'), ('Hòa', 'hoa'), ('Hồng', 'hong'), ('Hương', 'huong'), ('Thu', 'thu'),
    ('Thủy', 'thuy'), ('Thúy', 'thuy'), ('Ánh', 'anh'), ('Oanh', 'oanh'), ('Yến', 'yen'), ('Loan', 'loan'), ('Phượng', 'phuong'),
    ('Dung', 'dung'), ('Đào', 'dao'), ('Cúc', 'cuc'), ('Bé', 'be'), ('Út', 'ut'), ('Tuyết', 'tuyet'), ('Xuân', 'xuan'),
    ('Nga', 'nga'), ('Nhung', 'nhung'), ('Trang', 'trang'), ('Vân', 'van'), ('Châu', 'chau'), ('Diễm', 'diem'), ('Hằng', 'hang'),
    ('Kiều', 'kieu'), ('Liên', 'lien'), ('My', 'my'), ('Ngân', 'ngan'), ('Phúc', 'phuc'), ('Quyên', 'quyen'), ('Sương', 'suong'),
    ('Tâm', 'tam'), ('Uyên', 'uyen'), ('Vy', 'vy'), ('Sà Phia', 'sa phia'), ('Sô Phia', 'so phia')) names (name, plain);
create temp table homes as
select id as unit_id, row_number() over (order by id) - 1 as at from units_unit where level = 'branch';
create temp table crowded as
select c.descendant_id as unit_id, row_number() over (order by c.descendant_id) - 1 as at
from units_closure c join units_unit u on u.id = c.descendant_id and u.level = 'branch'
where c.view = 1 and c.ancestor_id = %(commune)s;
create index on homes (at);
analyze homes, crowded;

insert into people_member (name, plain, sort, birth_year, man, ethnicity, schooling, qualification, politics, occupation,
                           phone, address, id_index, id_tail, role, unit_id, active, origin)
with lists as (
    select (select array_agg(name order by at, g) from family, generate_series(1, share) g) as family,
           (select array_agg(plain order by at, g) from family, generate_series(1, share) g) as family_plain,
           (select array_agg(name order by at) from middle) as middle,
           (select array_agg(plain order by at) from middle) as middle_plain,
           (select array_agg(name order by at) from given) as given,
           (select array_agg(plain order by at) from given) as given_plain
), chance as (
    select i, abs(hashint8extended(i, 1)) as h, (%(crowd)s > i) as in_crowd from generate_series(0, %(lines)s - 1) i
)
select l.family[1 + h %% 100] || ' ' || l.middle[1 + h / 100 %% 10] || ' ' || l.given[1 + h / 1000 %% 40],
       l.family_plain[1 + h %% 100] || ' ' || l.middle_plain[1 + h / 100 %% 10] || ' ' || l.given_plain[1 + h / 1000 %% 40],
       l.given_plain[1 + h / 1000 %% 40] || ' ' || l.family_plain[1 + h %% 100] || ' ' || l.middle_plain[1 + h / 100 %% 10],
       1940 + h / 40000 %% 68, false, '', '', '', '', '', '0000' || lpad((h / 7 %% 1000000)::text, 6, '0'), '',
       sha256(i::text::bytea), lpad((h / 3 %% 1000)::text, 3, '0'), '',
       coalesce(crowded.unit_id, homes.unit_id), true, md5('member' || i)::uuid
from chance cross join lists l
join homes on homes.at = i %% (select count(*) from homes)
left join crowded on in_crowd and crowded.at = i %% (select count(*) from crowded);

"""The January 2018 briefing of a ward in five conclusions, told of thị trấn Mỹ Xuyên; the due days are ours."""

from datetime import date
from uuid import uuid4

from sohoi.work import write
from sohoi.work.write import Plan, Present

DAY = date(2018, 1, 18)
CONCLUSIONS = """
1.Hội LHPN phường cần thành lập chi hội phụ nữ trẻ vì đây là nguồn lực góp phần quan trọng.

 2. Hội phụ nữ các chi hội tiếp tục tuyên truyền, vận động hội viên phụ nữ đăng ký các lớp học nghề ngắn hạn
dự kiến sẽ khai giảng cuối tháng 2/2018.

3.Tích cực hưởng ứng các phong trào thi đua do Quận Hội tổ chức để chào mừng kỷ niệm 15 năm thành lập quận
4.Nâng cao hoạt động của một số tổ tự quản ở chi hội
5.Các chi hội duy trì chế độ báo cáo định kỳ hàng tháng
"""


def plan(unit, **more):
    """A briefing as it is called."""
    told = {
        "unit": unit, "kind": "briefing", "on": DAY, "chair": "Dương Thị Hồng", "place": "Hội trường Ủy ban nhân dân",
        "title": "Giao ban tháng 1 và triển khai chương trình công tác năm 2018", "chair_post": "Chủ tịch Hội", **more,
    }  # fmt: skip
    return Plan(**told)


def held(unit, by, **more):
    """A briefing that was held."""
    meeting = write.call(uuid4(), plan(unit, **more), by=by)
    return write.hold(meeting, [Present("Dương Thị Hồng", "Chủ tịch Hội")], "Đánh giá công tác tháng.", by=by)


def concluded(unit, by, *texts, **more):
    """Its conclusions; one when none is named."""
    return write.conclude(held(unit, by, **more), texts or ("Tuyên truyền Điều lệ Hội",), by=by)

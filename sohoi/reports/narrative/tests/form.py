"""The branch's monthly form that the tests place texts in (it has no III), and a report written in a hurry."""

from sohoi.reports.narrative.headings import Heading
from sohoi.reports.narrative.letters import Printed

FORM = (
    Heading("tu-tuong", "I", "TÌNH HÌNH TƯ TƯỞNG, ĐỜI SỐNG HỘI VIÊN, PHỤ NỮ", 1),
    Heading("tu-tuong-1", "1", "Tình hình tư tưởng cán bộ, hội viên và Nhân dân", 2),
    Heading("tu-tuong-2", "2", "Những vấn đề được dư luận quan tâm", 2),
    Heading("ket-qua", "II", "KẾT QUẢ CÔNG TÁC HỘI VÀ PHONG TRÀO PHỤ NỮ", 1),
    Heading("noi-bat", "1", "Hoạt động nổi bật theo trọng tâm chỉ đạo", 2),
    Heading("phong-trao", "-", "Phong trào “Xây dựng người phụ nữ Việt Nam thời đại mới”", 3),
    Heading("5-khong", "-", "Cuộc vận động “Gia đình 5 không, 3 sạch, 3 an”", 3),
    Heading("dot-pha", "2", "Thực hiện các khâu đột phá", 2),
    Heading("mo-hinh", "3", "Chương trình, mô hình nổi bật", 2),
    Heading("kien-nghi", "IV", "ĐỀ XUẤT, KIẾN NGHỊ", 1),
    Heading("thang-toi", "V", "NHIỆM VỤ TRỌNG TÂM THÁNG TIẾP THEO", 1),
)

REPORT = """HỘI LHPN PHƯỜNG HOA MAI
CHI HỘI PHỤ NỮ SỐ 3
BÁO CÁO
Kết quả công tác Hội và phong trào phụ nữ, tình hình dư luận xã hội tháng 3 năm 2026
Nhiệm vụ trọng tâm tháng 4
I.TÌNH HÌNH TƯ TƯỞNG, ĐỜI SỐNG HỘI VIÊN
1. Tình hình tư tưởng: Chị em yên tâm sản xuất.
2/ Những vấn đề dư luận quan tâm
- Rác ở đầu ngõ chưa được dọn.
II/ KẾT QUẢ CÔNG TÁC HỘI
1) Hoạt động nổi bật theo trọng tâm chỉ đạo
- Phong trào “Xây dựng người phụ nữ Việt Nam thời đại mới”
+ Tuyên truyền 2 buổi, 45 chị dự.
- Ra quân dọn vệ sinh 3 tuyến ngõ
- Cuộc vận động “Gia đình 5 không, 3 sạch, 3 an”: 12 hộ đăng ký.
2. Thực hiện các khâu đột phá: Ứng dụng công nghệ thông tin; chuyển đổi số
Nhóm Zalo có 87 chị tham gia.
3- Mô hình nổi bật
a) Mẹ đỡ đầu
Nhận đỡ đầu 01 cháu.
4. Kết quả thu hội phí
Thu được 1.200.000 đồng.
III. ĐỀ XUẤT KIẾN NGHỊ
Không có
IV- NHIỆM VỤ TRỌNG TÂM THÁNG 4
1. Duy trì “Ngày thứ bảy xanh”.
2. Thăm 2 chị ốm đau.
Hoa Mai, ngày 20 tháng 3 năm 2026
CHI HỘI TRƯỞNG
Trần Thị Mẫu"""


def printed(text: str) -> list[Printed]:
    """Each line of a text as a line of a document."""
    return [Printed(line, at) for at, line in enumerate(text.split("\n"))]

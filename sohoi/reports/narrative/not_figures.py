"""Numbers in a text that count nothing: days, years, ages, ordinals, names of papers, campaigns and places. Pure."""

import re

COUNTED = (
    "hội viên|phụ nữ|hội cơ sở|hội lhpn|hộ|người|chị|em|cháu|trẻ|tổ|nhóm|câu lạc bộ|clb|mô hình|suất|phần|căn|nhà|"
    "mái ấm|buổi|cuộc|lượt|lớp|"
    "chi hội|cơ sở|đơn vị|cán bộ|đồng chí|công trình|phần việc|hoạt động|đồng|triệu|tỷ|tỉ|nghìn|ngàn|%|tập thể|cá nhân|"
    "hợp tác xã|tổ hợp tác|chỉ tiêu|tiêu chí|tuyến|cây|con|bài|tin|đợt|xã|phường|thẻ|sổ|xe|đại biểu|học sinh|dự thảo|"
    "chính sách|nhiệm vụ|khâu|gia đình|nạn nhân|ý kiến|vụ|đơn|gương|giấy khen|bằng khen|gốc|ngày công|địa chỉ|hẻm"
)
_AFTER = rf"(?!\d)(?!\s*(?:{COUNTED})\b)"
_YEAR = r"(?:19|20)\d{2}"
_YEARS = rf"{_YEAR}(?:\s*[-–—]+\s*{_YEAR})?\b"
_FEASTS = "8/3|08/3|20/10|20-10|08-3|8-3|19/5|27/7|1/6|01/6|30/4|1/5|19/8|2/9|02/9|22/12|28/6|15/10|3/2|03/02"
_PAPERS = (
    "Nghị quyết|Chỉ thị|Quyết định|Kế hoạch|Đề án|Chương trình(?: hành động)?|Thông tư|Nghị định|Hướng dẫn|Công văn|"
    "Dự án|Kết luận|Quy định|Thông báo|Luật|Điều|Khoản|Chương|Mục|Phụ lục"
)
_NUMBERED = (
    "số hiệu|văn bản số|chỉ tiêu|tiêu chí|lần thứ|lần|thứ|khóa|khoá|loại|hạng|mức|cấp|bậc|đợt|covid|kỳ|quận|phường|tổ|"
    "khu phố|chi hội|ấp|thôn|khóm|khu vực|tổ dân phố|khu dân cư|khu|số|đường|lớp"
)
_CAMPAIGN = "không|có|sạch|biết|giúp|giỏi|nhất|tốt|an|tự|phải"
_YEARLY = r"năm|nhiệm kỳ|giai đoạn|khóa|khoá|vụ|niên khóa|tết|mùa|hè|xuân|năm học|luật[^.;\d]{0,60}"
_PATTERNS = (
    r"(?m:^)\s*(?:[-–+•*]\s*)?\d{1,2}(?:\.\d{1,2})*\s*[.)/](?!\d)",  # the number of a heading or item
    rf"\b\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*{_YEAR}",
    rf"\b\d{{1,2}}\s*[/-]\s*{_YEAR}",
    rf"(?i:\b(?:ngày|mùng|mồng|dịp|rằm|nhân|lễ|sáng|chiều|tối|đến|từ))\s+\(?\d{{1,2}}\s*[/-]\s*\d{{1,2}}{_AFTER}(?:[/-]{_YEAR})?",
    rf"\b(?:{_FEASTS})\b{_AFTER}",
    rf"(?i:\b(?:{_YEARLY}))\s+{_YEARS}",
    rf"{_YEAR}\s*[-–—]+\s*{_YEAR}\b",
    rf"(?i:\b(?:ngày|tháng|quý))\s+(?:0?[1-9]|[12]\d|3[01]){_AFTER}(?:\s*[/-]\s*{_YEAR})?",
    r"\b\d+\s*[-–]?\s*(?:\d+\s+)?(?i:năm|tháng|ngày(?!\s+công)|giờ|phút|tuần|tuổi|quý|thế kỷ|giây)\b",
    r"\b\d{1,2}\s*(?:h|g|giờ)\s*\d{0,2}\b|\b\d{1,2}:\d{2}\b|\b0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}\b|\b\d{9,}\b",
    r"\b\d+\s*[-/]\s*[A-ZĐ]{2,}[\wĐ/-]*",  # 12-NQ/TW, 162/HD-BTV
    rf"\b(?:{_PAPERS})\s+(?:số\s+)?\d[\d.]*{_AFTER}",
    rf"(?i:\b(?:{_NUMBERED}))[\s-]+\d+[\d.]*{_AFTER}",
    rf"\b\d+\s*(?i:{_CAMPAIGN})\b(?:\s*,?\s*(?:và\s+)?\d+\s*(?i:{_CAMPAIGN})\b)*",
    r"[“\"«][^”\"»\n]{0,120}[”\"»]",  # names of models and movements
    r"\b\d+\.\d{1,2}(?!\d)(?!\s*(?:%|triệu|tỷ|tỉ|nghìn|ngàn))",  # 17.8 of a list, 4.0
)
_OURS = re.compile("|".join(_PATTERNS))


def spans(text: str) -> list[tuple[int, int]]:
    """Where such numbers stand."""
    return [found.span() for found in _OURS.finditer(text)]

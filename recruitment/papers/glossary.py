"""The words of papers, as `recruitment.glossary` shows them among the rest."""

PAPERS = {
    "title": "Giấy tờ",
    "words": [
        (
            "Sổ gốc chứng nhận",
            "Sổ giữ mãi của mọi giấy chứng nhận đã cấp: ai, lớp nào, điểm, xếp loại, quyết định, số và ngày cấp.",
        ),
        (
            "Giấy tờ hồ sơ",
            "Từng văn bản trong hồ sơ kết nạp (mẫu KNĐ): số, ngày, nơi ban hành, thời hạn.",
        ),
        (
            "Số quyết định",
            "Số do văn thư cấp cho quyết định kết nạp, ghi đúng như trên giấy. Ứng dụng không tự đặt số.",
        ),
        (
            "Dải số văn bản",
            "Những số liền nhau văn thư đã giữ cho một loại văn bản của một cấp ủy; ứng dụng chỉ gợi ý số kế tiếp.",
        ),
        (
            "Mẫu giấy tờ",
            "Lời văn và cách trình bày của một loại giấy tờ, có bản theo bộ quy tắc của ngày ghi trên giấy. Người quản trị sửa được lời văn từ một ngày, có căn cứ.",
        ),
        (
            "Lời văn của mẫu",
            "Phần chữ của mẫu, với các trường lấy từ dữ liệu. Bản sửa dùng cho giấy tờ từ ngày ghi; giấy đã phát hành giữ nguyên.",
        ),
        ("Bản điền thử", "Mẫu điền bằng người, tổ chức, ngày và số đặt ra, để xem trước."),
        (
            "Phiếu dữ liệu",
            "Tờ in để nhìn mà chép tay đơn, lý lịch, bản tự kiểm điểm; không nộp thay giấy viết tay.",
        ),
        (
            "Thể thức",
            "Cách trình bày văn bản của Đảng: lề, cỡ chữ, tên cơ quan, số, ngày, chữ ký; theo hướng dẫn có hiệu lực vào ngày của văn bản.",
        ),
        (
            "Sổ đăng ký văn bản đi",
            "Sổ của một cấp ủy hay chi bộ: số, ngày, trích yếu, người ký, nơi nhận, số bản của từng văn bản theo thứ tự số; chỗ trống số cũng hiện.",
        ),
        (
            "Sổ theo dõi quần chúng ưu tú",
            "Mỗi người vào danh sách một dòng: ai giúp đỡ, lớp, chứng nhận, kết nạp, chuyển đi. Cột sổ không giữ thì để trống, ghi tay trên bản in.",
        ),
        ("Trích yếu", "Dòng nói văn bản về việc gì, ngay dưới tên loại."),
        ("Tờ trình", "Văn bản trình cấp trên xem xét, quyết định; kèm danh sách trích ngang và hồ sơ."),
        (
            "Danh sách trích ngang",
            "Bảng mỗi người một dòng: họ tên, ngày sinh, quê quán, trình độ, lớp đã học, kết quả biểu quyết.",
        ),
        (
            "Biên bản",
            "Văn bản ghi lại hội nghị hoặc buổi lễ: ai dự, bàn gì, biểu quyết thế nào; thư ký và chủ trì ký.",
        ),
        (
            "Phiếu thẩm định",
            "Văn bản ghi kết quả xem hồ sơ trước khi cấp có thẩm quyền quyết định: thành phần hồ sơ, tiêu chuẩn, kiến nghị.",
        ),
        (
            "Bản chính, bản sao",
            "Bản chính có chữ ký của người ký văn bản; bản sao ghi lại bản chính và nói rõ là bản sao.",
        ),
        (
            "Phát hành",
            "Giữ văn bản đúng như lúc đưa đi, kèm dấu nhận dạng trong nhật ký; năm nào in lại cũng đúng từng byte. Trước đó là bản thảo, chưa có giá trị.",
        ),
        (
            "Tập hồ sơ",
            "Mọi giấy tờ của một người theo thứ tự thủ tục: bản phát hành, bản quét, giấy mới ghi số ngày; in được cả tập thành một tệp có mục lục.",
        ),
        (
            "Mục lục hồ sơ",
            "Danh sách giấy tờ trong tập hồ sơ, số tờ, bản gốc hay bản sao; người giao và người nhận ký.",
        ),
        (
            "Bản đính chính",
            "Văn bản mới thay cho một bản đã phát hành; nêu số, ngày của bản đó và sai ở đâu. Bản cũ vẫn còn để tra cứu.",
        ),
        (
            "Thu hồi văn bản",
            "Văn bản phát hành nhầm thôi có giá trị từ một ngày, có lý do; tệp vẫn còn.",
        ),
        ("Vào sổ", "Ghi số, ngày và trích yếu của văn bản vào sổ khi lấy số."),
        ("Nơi nhận", "Những nơi được gửi văn bản, ghi ở góc trái cuối văn bản; dòng cuối là nơi lưu."),
    ],
}

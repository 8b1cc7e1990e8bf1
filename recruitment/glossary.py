"""The words of the work and what they mean here, for the page of that name. One thing, one word, everywhere."""

from .papers.glossary import PAPERS

GLOSSARY = [
    {
        "title": "Tổ chức đảng",
        "words": [
            (
                "Tổ chức đảng",
                "Một đảng bộ hay chi bộ, giữ nguyên một mã suốt đời dù đổi tên, đổi loại hay đổi cấp trên.",
            ),
            (
                "Đảng bộ cấp trên trực tiếp cơ sở",
                "Huyện ủy, thị ủy, thành ủy trước 01/07/2025; xã, phường, đặc khu từ ngày đó; cả công an, quân sự, biên phòng và khối.",
            ),
            ("Tổ chức cơ sở đảng", "Đảng bộ cơ sở và chi bộ cơ sở."),
            ("Đảng bộ bộ phận", "Cấp giữa đảng bộ cơ sở và chi bộ, ở nơi đông đảng viên."),
            (
                "Chi bộ trực thuộc",
                "Chi bộ nằm trong một đảng bộ: nơi đảng viên sinh hoạt và người mới được kết nạp.",
            ),
            (
                "Sắp xếp",
                "Thành lập, đổi tên, chuyển, sáp nhập, chia tách, giải thể; có ngày và số quyết định.",
            ),
            (
                "Đợt sắp xếp",
                "Nhiều việc sắp xếp theo một quyết định, có hiệu lực cùng một ngày: bản thảo, chạy thử, thực hiện, rồi hoàn tác khi chưa có gì dựa vào.",
            ),
            (
                "Chạy thử",
                "Xem trước một đợt sắp xếp: cây tổ chức trước và sau, những gì chuyển theo, chỗ nào chưa làm được. Không ghi gì.",
            ),
            (
                "Người tiếp quản",
                "Người có vai trò ở tổ chức kết thúc, được quyết định nêu tên để giữ vai trò ấy ở tổ chức kế thừa.",
            ),
            (
                "Người về cùng tổ chức",
                "Đảng viên dự bị và hồ sơ đang xét của một chi bộ tiếp nhận từ ngoài. Người do nơi cũ quyết định kết nạp không tính vào kết quả ở đây; thời gian dự bị, giấy tờ và thời hạn tiếp tục.",
            ),
            (
                "Kế thừa",
                "Mỗi tổ chức đã kết thúc có một tổ chức kế thừa chính; nhờ đó số cũ tính được theo cây mới. Khi chia tách, chỉ tiêu chia cho các tổ chức kế thừa theo tỷ lệ của quyết định.",
            ),
            (
                "Cây tổ chức",
                "Ai trực thuộc ai vào một ngày. Cùng một số liệu xem được theo tổ chức tại thời điểm hoặc theo tổ chức hiện nay; tổng không đổi.",
            ),
            (
                "Thôn, xóm, ấp, bản, khu phố, tổ dân phố",
                "Nơi ở: có chi bộ riêng, sinh hoạt ghép, hoặc chưa có chi bộ.",
            ),
            ("Số đảng viên", "Số đảng viên của một tổ chức vào một ngày, theo báo cáo."),
            (
                "Sinh hoạt ghép",
                "Thôn chưa có chi bộ riêng, đảng viên sinh hoạt trong chi bộ của nơi khác. Khi nói “còn mấy thôn chưa có chi bộ” thì tính cả những thôn này.",
            ),
            (
                "Chênh lệch số liệu",
                "Hai số khác nhau về cùng một việc: cấp trên và đơn vị, hai nguồn, báo cáo và hồ sơ. Hai bên được hỏi, mỗi bên trả lời số của mình và lý do; không tự sửa số nào.",
            ),
            (
                "Biến động đảng viên",
                "Đảng viên tăng, giảm trong một kỳ theo các dòng của biểu 1-BTCTW: đầu kỳ cộng tăng trừ giảm bằng cuối kỳ, đối chiếu với số đảng viên và với cấp trên, cấp dưới mỗi quý.",
            ),
            (
                "Đảng viên chính thức",
                "Số đảng viên trừ đảng viên dự bị. Chi bộ cần ít nhất ba người.",
            ),
        ],
    },
    {
        "title": "Người vào Đảng",
        "words": [
            ("Quần chúng ưu tú", "Người được chi bộ đưa vào danh sách nguồn để bồi dưỡng."),
            (
                "Hồ sơ theo dõi",
                "Một lần phấn đấu vào Đảng của một người, ở một chi bộ, từ khi vào nguồn đến khi được công nhận chính thức hoặc dừng.",
            ),
            (
                "Đảng viên giúp đỡ, người giúp đỡ",
                "Đảng viên chính thức được phân công theo dõi, giúp đỡ và nhận xét theo kỳ, từ ngày đến ngày. Ai chưa có thì hiện ở trang Hôm nay.",
            ),
            (
                "Người giới thiệu",
                "Hai đảng viên chính thức; hoặc một đảng viên chính thức cùng Đoàn thanh niên hay Công đoàn cơ sở. Khác với người giúp đỡ.",
            ),
            (
                "Thẩm tra lý lịch",
                "Hỏi nơi khác về lý lịch của người xin vào Đảng và của người thân phải thẩm tra. Sổ chỉ ghi ngày, số và kết luận, không ghi nội dung.",
            ),
            (
                "Biểu quyết",
                "Tỷ lệ tán thành tính trên tổng số người có quyền biểu quyết, không trên số có mặt. Đảng viên dự bị không biểu quyết.",
            ),
            (
                "Thẩm định, trả lại",
                "Cấp trên xem hồ sơ trước khi quyết định: đạt, còn chờ hay không đạt. Thiếu giấy gì thì trả lại, ghi rõ, để chi bộ hoàn chỉnh rồi gửi lại.",
            ),
            (
                "Văn bản của cấp trên cho phép",
                "Cấp trên đồng ý một trường hợp mà quy định để ngỏ, như người trên 60 tuổi. Ghi số văn bản thì bước ấy được ghi; nhật ký giữ lại.",
            ),
            ("Lớp bồi dưỡng nhận thức về Đảng", "Lớp học trước khi lập hồ sơ; giấy chứng nhận có thời hạn."),
            ("Lớp đảng viên mới", "Lớp học trong thời gian dự bị, trước khi được công nhận chính thức."),
            (
                "Bài thu hoạch",
                "Bài viết cuối lớp, thang điểm 10. Dự đủ số tiết mới được viết; không đạt thì viết lại một lần.",
            ),
            (
                "Chứng nhận",
                "Giấy cấp sau lớp bồi dưỡng nhận thức về Đảng, có giá trị 60 tháng. Hết hạn mà chi bộ chưa xét thì học lại.",
            ),
            (
                "Bước",
                "Nơi một hồ sơ đang đứng: từ danh sách nguồn, lớp học, lập hồ sơ, chi bộ biểu quyết, chờ quyết định, chờ lễ, dự bị đến chính thức.",
            ),
            (
                "Dừng theo dõi",
                "Hồ sơ không đi tiếp, có ngày và lý do. Dòng cũ vẫn còn; sau này theo dõi lại là một hồ sơ mới.",
            ),
            (
                "Gộp hồ sơ",
                "Một người bị lập hai hồ sơ thì gộp làm một, chọn từng mục điều nào đúng. Nơi chỉ xem được một trong hai hồ sơ không tự nhiên biết thêm; hoàn tác được khi chưa ai ghi thêm.",
            ),
            (
                "Kết nạp",
                "Sự việc được đếm, một lần, ở chi bộ nơi diễn ra: có ngày quyết định, ngày nhận, ngày lễ kết nạp.",
            ),
            (
                "Ngày quyết định, ngày nhận, ngày lễ",
                "Ba ngày khác nhau: kết nạp được đếm theo ngày của kế hoạch, tuổi đảng tính từ ngày quyết định, thời gian dự bị tính từ ngày lễ.",
            ),
            (
                "Đảng viên dự bị",
                "Người đã kết nạp, trong mười hai tháng kể từ ngày lễ, trước khi xét công nhận chính thức.",
            ),
            (
                "Hủy kết nạp",
                "Quyết định kết nạp không còn hiệu lực từ một ngày, có lý do. Từ ngày ấy không đếm nữa; trước đó số liệu giữ nguyên.",
            ),
            ("Công nhận chính thức", "Quyết định công nhận đảng viên chính thức sau thời gian dự bị."),
            (
                "Bộ quy tắc",
                "Các điều kiện và thời hạn có hiệu lực từ một ngày, mỗi giá trị kèm căn cứ. Mỗi bước được xét theo bộ có hiệu lực vào ngày của bước ấy.",
            ),
            (
                "Cần xác nhận",
                "Giá trị hoặc ngày nghỉ chưa đối chiếu được với văn bản gốc. Hỏi cấp trên trước khi dựa vào; quản trị viên ghi số văn bản khi đã đối chiếu.",
            ),
            (
                "Ngày làm việc",
                "Thứ Hai đến thứ Sáu trừ ngày nghỉ trong lịch, cộng ngày làm bù. Ngày xảy ra việc không tính; ngày cuối của thời hạn vẫn còn trong hạn.",
            ),
            (
                "Tiêu chí của cấp ủy",
                "Điều một cấp ủy đòi hỏi thêm ở người vào Đảng, áp dụng cho tổ chức ấy và mọi tổ chức bên dưới, từ ngày đến ngày.",
            ),
        ],
    },
    PAPERS,
    {
        "title": "Chỉ tiêu và con số",
        "words": [
            ("Kế hoạch, nghị quyết", "Văn bản giao chỉ tiêu cho một giai đoạn, của một cơ quan."),
            (
                "Chỉ tiêu",
                "Số phải đạt của một tổ chức theo một kế hoạch, có khi cho riêng một nhóm, từ một ngày.",
            ),
            (
                "Điều chỉnh, giao bổ sung",
                "Thay chỉ tiêu bằng một dòng mới có ngày hiệu lực và số văn bản. Dòng cũ vẫn còn, nên số của ngày trước không đổi.",
            ),
            (
                "Loại kế hoạch",
                "Nghị quyết đại hội, Ban thường vụ giao, hay kế hoạch của chính đơn vị. Một kết quả được so với chỉ tiêu của từng loại, mỗi tỷ lệ kèm tên và lần giao của chỉ tiêu ấy.",
            ),
            (
                "Nhiệm kỳ và từng năm",
                "Kế hoạch năm ghi thuộc kế hoạch nhiệm kỳ nào. Chỉ tiêu các năm cộng lại không buộc bằng nhiệm kỳ; chênh lệch được nêu và giải thích.",
            ),
            (
                "Cơ sở của tỷ lệ",
                "Số đảng viên của một ngày mà chỉ tiêu theo tỷ lệ lấy phần, làm tròn lên: 3 % của 467 là ít nhất 15. Luôn hiện cùng chỉ tiêu, vì tổ chức chuyển đến, chuyển đi làm đổi số ấy.",
            ),
            (
                "Ghi muộn",
                "Chỉ tiêu ghi vào sổ sau ngày hiệu lực, khi sổ đã có giá trị khác: số đã xem trong khoảng giữa hai ngày ấy khác với bây giờ.",
            ),
            (
                "Ghi, sửa hoặc hủy sau ngày",
                "Trang cho biết vì sao con số đã xem vào một ngày khác với con số bây giờ: khi ấy, cộng trừ từng phần, bằng nay. Dựng lại từ nhật ký; phần nào không còn biết thì nói rõ là bao nhiêu.",
            ),
            (
                "Phương án giao chỉ tiêu",
                "Bản dự thảo chia chỉ tiêu của một tổ chức cho các đơn vị trực thuộc; ban hành kèm một văn bản rồi mới thành chỉ tiêu.",
            ),
            (
                "Còn chưa giao, giao hơn",
                "Chỉ tiêu của tổ chức trừ tổng đã giao cho các đơn vị trực thuộc. Hai số không buộc bằng nhau; kết quả chung luôn so với chỉ tiêu chung.",
            ),
            (
                "Tỷ lệ hoàn thành",
                "Số kết nạp chia cho chỉ tiêu, luôn đi cùng hai số ấy, tên kế hoạch và ngày tính.",
            ),
            (
                "Con số này tính thế nào",
                "Trang mở ra khi bấm một tỷ lệ: phép tính, ai được đếm, chỉ tiêu của lần giao nào, không tính ai và vì sao, ngày, cây tổ chức, ai xem được nhiều hơn.",
            ),
            ("Chưa giao chỉ tiêu", "Không có chỉ tiêu nào có hiệu lực vào ngày đó. Khác với 0 %."),
            (
                "Không còn nguồn",
                "Không còn quần chúng để tạo nguồn: chi bộ hoặc ban tổ chức đánh dấu từ một ngày, ghi nguyên nhân và biện pháp; nơi chưa đánh dấu thì theo số báo cáo của nơi ấy. Chỉ tiêu 0 mà không kết nạp ai ở đó không phải là chưa hoàn thành.",
            ),
            (
                "Đăng ký nguồn kết nạp",
                "Trước khi giao chỉ tiêu, chi bộ nêu tên những người dự kiến được kết nạp theo một kế hoạch. Rút lại thì ghi ngày rút, dòng cũ vẫn còn.",
            ),
            (
                "Nhóm",
                "Nữ, thanh niên, dân tộc thiểu số, tôn giáo…: một người có thể ở nhiều nhóm, nên không cộng các nhóm với nhau.",
            ),
            (
                "Nhóm riêng",
                "Nhóm do một tổ chức tự đặt từ những điều ghi khi kết nạp. Tổ chức ấy, cấp trên và cấp dưới của nó thấy; định nghĩa không đổi, chỉ thôi dùng và lập nhóm khác.",
            ),
            (
                "Chỉ tiêu theo nhóm",
                "Chỉ tiêu riêng cho một nhóm, bên cạnh chỉ tiêu chung. Một người kết nạp được tính ở mọi nhóm của mình.",
            ),
            (
                "Số liệu báo cáo",
                "Con số do đơn vị hoặc văn bản nêu, kèm nguồn; dùng khi chưa có hồ sơ từng người và luôn ghi rõ.",
            ),
            (
                "Dự báo, khoảng",
                "Số dự kiến vào ngày cuối kế hoạch đang chạy, tính từ các hồ sơ đang mở theo thời gian và tỷ lệ chuyển bước của những năm qua. Khoảng là nơi 8 trong 10 lần thử rơi vào. Thiếu dữ liệu thì không có.",
            ),
            (
                "Còn kịp, mất chứng nhận trước",
                "Còn kịp: ngày muộn nhất của bước tiếp theo, đếm lùi từ ngày cuối kế hoạch, chưa qua. Mất chứng nhận trước: còn thời gian, nhưng chứng nhận lớp nhận thức hết hạn trước ngày muộn nhất chi bộ phải biểu quyết.",
            ),
            (
                "Nhịp chia đều, nhịp các năm trước",
                "Chia đều: mỗi tháng của kế hoạch một phần bằng nhau. Các năm trước: mỗi tháng một phần như đã kết nạp trong tháng ấy các năm qua.",
            ),
            (
                "Quá hạn, sắp đến hạn",
                "Quá hạn: ngày cuối đã qua. Sắp đến hạn: còn trong 90 ngày. Quy định đứng sau mỗi hạn hiện ở chữ “Vì sao?”; chỗ ghi “cần xác nhận” là chưa đối chiếu với văn bản gốc.",
            ),
            (
                "Báo cáo năm",
                "Tệp Excel, PDF hoặc Word của một tổ chức và một năm, một quý hay kỳ khác: kết quả theo chỉ tiêu, so với năm trước và nhiệm kỳ trước, các biểu 1-, 2A-, 2B-, 7-BTCTW, nguồn, lớp học.",
            ),
            (
                "Cùng kỳ",
                "Đúng những ngày ấy của một năm trước; kỳ dài hơn một năm thì lùi đủ số năm của kỳ.",
            ),
            (
                "Đề cương báo cáo",
                "Báo cáo viết thành lời theo bốn phần I–IV, số liệu đã điền; chỗ trống để viết tay, không điền thay.",
            ),
            (
                "Cần xác nhận",
                "Dòng của mẫu biểu chưa thấy trong bản mẫu đã xem; chờ cơ quan tổ chức xác nhận. Mẫu được sửa bằng tệp dữ liệu, không sửa chương trình.",
            ),
            (
                "Điều cần xem",
                "Một chỗ trong sổ còn thiếu, trái thứ tự hoặc quá hạn theo một quy tắc. Mỗi ngày ứng dụng đếm một lần; một người có thể có nhiều điều.",
            ),
            (
                "Bảng gửi cơ sở dữ liệu đảng viên",
                "Tệp Excel 28 cột của người mới kết nạp, theo mẫu đang dùng để trao đổi. Cột sổ không có thì để trống.",
            ),
            (
                "Kỳ báo cáo, khóa sổ",
                "Cấp ủy mở một kỳ cho các đơn vị: đơn vị nộp, cấp trên kiểm tra rồi nhận hoặc trả lại. Báo cáo đã nhận thì khóa sổ: các số và tệp đã nộp giữ nguyên từng byte.",
            ),
            (
                "Bổ sung, đính chính kỳ trước",
                "Điều ghi vào sổ sau khi khóa không sửa báo cáo cũ; báo cáo kỳ sau có bảng từng số: đã báo cáo, nay, chênh. Số đã đính chính một lần thì không kể lại.",
            ),
            (
                "Ngoại lệ trong kỳ",
                "Cấp trên cho một đơn vị nộp muộn hơn, hoặc mở lại báo cáo đã khóa, đến một ngày và có lý do; hết ngày thì tự hết hiệu lực.",
            ),
        ],
    },
    {
        "title": "Quyền và nhật ký",
        "words": [
            (
                "Phân quyền",
                "Một người giữ một vai trò ở một tổ chức, từ ngày đến ngày; có hiệu lực với mọi tổ chức bên dưới.",
            ),
            (
                "Nhật ký",
                "Ghi mọi lần sửa và mọi lần mở hồ sơ: ai, lúc nào, việc gì. Không sửa, không xóa được mà không lộ.",
            ),
            (
                "Lần nhập",
                "Một tệp Excel đưa vào cả tệp hoặc không dòng nào. Hoàn tác lần nhập thì bỏ những dòng nó thêm; dòng đã sửa sau đó được giữ và nêu tên.",
            ),
            (
                "Hai người cùng sửa",
                "Người lưu sau được thấy cả bản của người lưu trước và của mình, rồi chọn; không ai mất chữ đã gõ.",
            ),
            (
                "Bản quét",
                "Hình của một giấy trong hồ sơ: PDF, JPEG hoặc PNG, được vẽ lại, bỏ mọi thông tin ẩn về máy, nơi và người tạo tệp. Chỉ mở được sau cửa phân quyền; mỗi lần mở là một dòng nhật ký.",
            ),
            (
                "Dấu nhận dạng tệp",
                "Dãy chữ số tính từ nội dung tệp (sha256). Tệp đổi một chữ thì dấu đổi; dấu ghi trong nhật ký nên tệp bị thay lén sẽ lộ và không được đưa ra.",
            ),
            (
                "Mã một lần",
                "Mã quản trị viên cấp để vào lần đầu hoặc khi quên mật khẩu; vào xong phải đặt mật khẩu mới.",
            ),
        ],
    },
]

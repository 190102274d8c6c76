import type { PageTexts } from '../page-texts.ts';

/** The words of the claim pages in Vietnamese. */
export const vi: PageTexts = {
  languageLabel: 'Ngôn ngữ',
  errorTitle: 'Lỗi: {title}',
  help: 'Bạn có câu hỏi? Hãy viết cho {helpEmail}.',
  helpWithoutAddress: 'Bạn có câu hỏi? Hãy liên hệ {institution}.',
  back: 'Quay lại',
  tryAgain: 'Thử lại',

  startTitle: 'Chứng nhận từ {institution}',
  startLead:
    '{institution} cấp chứng nhận điện tử mà bạn có thể lưu giữ trong SEEK Pass. Trước tiên, hãy xác nhận rằng liên kết này được gửi cho bạn.',
  startStepCode: 'Chúng tôi gửi mã qua email. Bạn nhập mã vào đây.',
  startStepCheck: 'Bạn kiểm tra tên của mình và chứng nhận.',
  startStepAdd: 'Bạn thêm chứng nhận vào tài khoản SEEK Pass của mình.',
  startHint: 'Mã được gửi đến địa chỉ email của bạn mà {institution} đang lưu.',
  startButton: 'Gửi mã qua email cho tôi',

  codeTitle: 'Nhập mã của bạn',
  codeLead:
    'Chúng tôi đã gửi mã đến địa chỉ email của bạn mà {institution} đang lưu. Mã có hiệu lực trong {minutes} phút.',
  codeLabel: 'Mã trong email',
  codeHint: 'Chỉ mã mới nhất có hiệu lực. Không thấy email? Hãy xem cả thư mục thư rác.',
  codeButton: 'Tiếp tục',
  codeResend: 'Gửi mã mới',
  codeWrong: 'Mã này không đúng. Hãy xem email mới nhất rồi thử lại.',
  codeExpired: 'Mã này đã hết hạn. Hãy yêu cầu mã mới.',
  codeUsedUp: 'Mã này không còn dùng được nữa. Hãy yêu cầu mã mới.',

  factsTitle: 'Thêm một bước kiểm tra',
  factsLead: '{institution} cũng hỏi thông tin này để chứng nhận đến đúng người.',
  factsButton: 'Tiếp tục',
  factsWrong: 'Các câu trả lời này không khớp với hồ sơ của {institution}. Hãy kiểm tra rồi thử lại.',
  factsExpired: 'Đã quá thời gian. Hãy mở lại liên kết trong email của bạn.',
  factsUsedUp: 'Bạn đã thử quá nhiều lần. Hãy nhờ {institution} giúp đỡ.',
  factStudentNumber: 'Mã số sinh viên',
  factBirthDate: 'Ngày sinh (năm-tháng-ngày)',
  factPhone: 'Số điện thoại',

  awardsTitle: 'Chứng nhận của bạn',
  awardsNone: 'Hiện ở đây không có chứng nhận nào cho bạn.',
  awardsKeeper:
    'Tài khoản SEEK Pass đăng nhập tại đây sẽ giữ chứng nhận. Nếu đang dùng máy tính chung, hãy dùng điện thoại của bạn.',
  awardsAppTitle: 'Sau đó đăng nhập vào ứng dụng SEEK Pass',
  awardsApp:
    'Sau khi thêm chứng nhận, hãy cài ứng dụng SEEK Pass và đăng nhập trong vòng 48 giờ. Nếu không, SEEK Pass sẽ xóa những gì bạn đã thêm.',
  awardsOpenedWithdrawn: '{institution} đã thu hồi chứng nhận của liên kết mà bạn đã mở.',
  awardsOpenedSuperseded: 'Liên kết mà bạn đã mở dành cho phiên bản cũ. Phiên bản mới nhất ở bên dưới.',
  awardName: 'Họ tên',
  awardIssuer: 'Đơn vị cấp',
  awardDate: 'Ngày',
  awardNameWrong: 'Họ tên bị sai? Đừng thêm chứng nhận này. Hãy viết cho {helpEmail}.',
  awardNameWrongWithoutAddress: 'Họ tên bị sai? Đừng thêm chứng nhận này. Hãy liên hệ {institution}.',
  awardAdd: 'Thêm vào SEEK Pass',
  awardContinue: 'Tiếp tục tại SEEK Pass',
  awardAddAgain: 'Thêm lần nữa',
  standingReady: 'Sẵn sàng để thêm',
  standingStarted: 'Đã bắt đầu, chưa hoàn tất',
  standingAdded: 'Đã thêm vào SEEK Pass',
  standingDeclined: 'Bạn đã từ chối tại SEEK Pass',
  standingClosed: 'Chưa hoàn tất tại SEEK Pass',
  standingPaused: 'Tạm dừng',
  standingPausedMore:
    '{institution} hiện tạm dừng việc này. Hãy quay lại sau: liên kết của bạn vẫn còn hiệu lực.',
  standingNeedsMending: 'Cần chỉnh sửa',
  standingNeedsMendingMore:
    'SEEK Pass không chấp nhận chứng nhận này. {institution} phải chỉnh sửa lại. Hãy quay lại sau.',
  standingWithdrawn: '{institution} đã thu hồi',
  signOut: 'Đăng xuất khỏi trang này',

  againTitle: 'Thêm lần nữa?',
  againAdded:
    'SEEK Pass cho biết chứng nhận này đã được thêm. Chỉ thêm lần nữa nếu bạn đã làm mất: bạn có thể nhận được một bản thứ hai.',
  againDeclined: 'Bạn đã từ chối chứng nhận này tại SEEK Pass. Bạn vẫn có thể thêm chứng nhận này.',
  againClosed: 'Việc thêm chứng nhận này chưa hoàn tất tại SEEK Pass. Bạn có thể bắt đầu lại.',
  againButton: 'Có, thêm lần nữa',
  againBack: 'Không, quay lại',

  loadingTitle: 'Đang chuyển đến SEEK Pass',
  loadingLead: 'SEEK Pass sẽ mở ngay để bạn có thể thêm “{credential}”.',
  loadingButton: 'Chuyển đến SEEK Pass',

  unknownLinkTitle: 'Chúng tôi không nhận ra liên kết này',
  unknownLink:
    'Có thể liên kết bị thiếu một phần. Hãy mở lại từ email của bạn hoặc sao chép toàn bộ liên kết.',
  newerLinkTitle: 'Một liên kết mới hơn đã được gửi',
  newerLink:
    'Liên kết này không còn dùng được nữa. Hãy tìm email mới nhất từ {institution} và mở liên kết trong đó.',
  linkExpiredTitle: 'Vui lòng mở lại liên kết của bạn',
  linkExpired:
    'Để bảo đảm an toàn cho bạn, trang này sẽ đóng sau một thời gian. Hãy mở lại liên kết trong email của bạn: liên kết vẫn còn hiệu lực.',
  withdrawnTitle: 'Chứng nhận này đã bị thu hồi',
  withdrawn: '{institution} đã thu hồi chứng nhận này nên không thể thêm được nữa.',
  wrongPersonTitle: 'Liên kết này dành cho người khác',
  wrongPerson:
    'Tài khoản mà bạn đang đăng nhập không phải là tài khoản của liên kết này. Hãy đăng nhập bằng tài khoản của chính bạn rồi mở lại liên kết.',
  guardianNeededTitle: 'Cần có sự đồng ý của cha mẹ hoặc người giám hộ',
  guardianNeeded:
    'Theo hồ sơ của chúng tôi, bạn chưa đủ tuổi. {institution} sẽ cho bạn biết cha mẹ hoặc người giám hộ phải làm gì.',
  unavailableTitle: 'SEEK Pass hiện không phản hồi',
  unavailable: 'Không có gì bị mất: chúng tôi giữ chỗ cho bạn. Vui lòng thử lại sau vài phút.',
  pausedTitle: 'Việc này đang tạm dừng',
  paused:
    '{institution} đã tạm dừng việc thêm chứng nhận. Hãy quay lại sau: liên kết của bạn vẫn còn hiệu lực.',
  rejectedTitle: 'Chứng nhận này cần chỉnh sửa',
  rejected:
    'SEEK Pass không chấp nhận chứng nhận này. {institution} phải chỉnh sửa lại. Bây giờ bạn không cần làm gì.',
  mailFailedTitle: 'Chúng tôi không gửi được email',
  mailFailed:
    'Vui lòng thử lại sau vài phút. Nếu vẫn không được, hãy nhờ {institution} kiểm tra địa chỉ email của bạn.',
  tooManyTitle: 'Quá nhiều lần thử',
  tooMany: 'Vui lòng chờ một lúc rồi mở lại liên kết trong email của bạn. Liên kết của bạn vẫn còn hiệu lực.',
  handoffOverTitle: 'Vui lòng bắt đầu lại',
  handoffOver:
    'Để bảo đảm an toàn cho bạn, bước này chỉ dùng được một lần và trong một phút. Hãy quay lại trang trước đó và nhấn nút ở đó một lần nữa.',
  foreignFormTitle: 'Chúng tôi không thể chấp nhận yêu cầu này',
  foreignForm:
    'Trình duyệt của bạn phải cho phép cookie đối với trang này. Hãy cho phép rồi mở lại liên kết trong email của bạn.',
  oursTitle: 'Đã xảy ra lỗi ở đây',
  ours: 'Đây là lỗi của chúng tôi. Chưa có gì được thêm và liên kết của bạn vẫn còn hiệu lực. Vui lòng thử lại sau vài phút.',
};

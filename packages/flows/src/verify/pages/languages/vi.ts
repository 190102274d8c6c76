import type { VerifyTexts } from '../verify-texts.ts';

/** The words of the verify pages in Vietnamese. */
export const vi: VerifyTexts = {
  startTitle: 'Cho biết bạn là ai',
  start: '{institution} đề nghị bạn xác minh bạn là ai bằng SEEK Pass.',
  startStepSignIn: 'Bạn đăng nhập SEEK Pass hoặc tạo tài khoản tại đó.',
  startStepShare: 'Bạn chọn thông tin để chia sẻ. Bạn cũng có thể từ chối.',
  startStepBack: 'Bạn quay lại trình duyệt này, không phải trình duyệt khác.',
  startHint: 'Hãy dùng thiết bị của chính bạn. Kết quả chỉ quay lại trình duyệt này.',
  startButton: 'Tiếp tục đến SEEK Pass',

  waitingTitle: 'Vui lòng chờ một chút',
  waiting: 'SEEK Pass chưa cho chúng tôi biết kết quả. Trang này sẽ tự kiểm tra lại.',
  waitingButton: 'Kiểm tra lại ngay',

  confirmedTitle: 'Cảm ơn bạn',
  confirmed: 'SEEK Pass đã xác nhận bạn là ai. {institution} đã có kết quả. Bạn có thể đóng trang này.',
  somebodyElseTitle: 'Thông tin không khớp',
  somebodyElse:
    'SEEK Pass đưa ra thông tin khác với thông tin mà {institution} có. Hãy nhờ {institution} kiểm tra, rồi bắt đầu lại.',
  lookedAtTitle: 'Cảm ơn bạn',
  lookedAt: 'SEEK Pass đã trả lời. {institution} sẽ xem xét và cho bạn biết bước tiếp theo.',
  canceledTitle: 'Việc này đã bị hủy',
  canceled: 'Chưa có gì được xác nhận. Bạn có thể bắt đầu lại tại {institution}.',
  unfinishedTitle: 'Chưa hoàn tất',
  unfinished: 'SEEK Pass chưa cho biết kết quả. Chúng tôi sẽ tiếp tục hỏi. Bạn có thể đóng trang này.',
  elsewhereTitle: 'Kết quả không được gửi đến trình duyệt này',
  elsewhere:
    'Kết quả chỉ được gửi đến trình duyệt mà bạn đã bắt đầu. Nếu đó là trình duyệt này, hãy bắt đầu lại tại {institution}.',
  overTitle: 'Đã hết thời gian',
  over: 'Bạn có thể bắt đầu lại tại {institution}.',
  usedTitle: 'Liên kết này đã được dùng',
  used: 'Liên kết đã được dùng trong một trình duyệt khác. Hãy quay lại trình duyệt đó, hoặc xin {institution} liên kết mới.',
  unknownLinkTitle: 'Chúng tôi không nhận ra liên kết này',
  unknownLink:
    'Có thể liên kết bị thiếu một phần. Hãy sao chép toàn bộ, hoặc xin {institution} liên kết mới.',
  foreignFormTitle: 'Chúng tôi không thể chấp nhận yêu cầu này',
  foreignForm:
    'Trình duyệt của bạn phải cho phép cookie đối với trang này. Hãy cho phép rồi mở lại liên kết.',
  unavailableTitle: 'SEEK Pass hiện không phản hồi',
  unavailable: 'Không có gì bị mất. Vui lòng thử lại sau vài phút.',
  rejectedTitle: 'Hiện chưa thực hiện được',
  rejected: 'SEEK Pass không chấp nhận yêu cầu này. {institution} phải xem xét.',
  tooManyTitle: 'Quá nhiều lần thử',
  tooMany: 'Vui lòng chờ một lúc rồi thử lại.',
  oursTitle: 'Đã xảy ra lỗi ở đây',
  ours: 'Đây là lỗi của chúng tôi. Vui lòng thử lại sau vài phút.',
};

/** What the page says in Korean, fetched when it is wanted. */
import type { Messages } from "./en";
import type { PageTexts } from "./language";

/** A label with 이 or 가, by whether its reading ends in a consonant. */
function subject(label: string): string {
  return endsClosed(label) ? `${label}이` : `${label}가`;
}

/** Whether the reading of the last character ends in a consonant. */
function endsClosed(label: string): boolean {
  const last = label.at(-1) ?? "";
  if (/\d/.test(last)) return "013678".includes(last);
  const code = last.charCodeAt(0) - 0xac00;
  return code >= 0 && code < 11172 && code % 28 > 0;
}

export const messages: Messages = {
  language: "ko",
  noInk: "아직 그린 것이 없습니다",
  notSure: "잘 모르겠습니다",
  doubt: "숫자가 아니거나, 신경망이 본 적 없는 글씨일 수 있습니다.",
  nearest: (label, share) => `가장 가까운 것: ${label}, ${share}.`,
  confidence: ["거의 확실합니다", "그럴 가능성이 큽니다", "아마 그럴 것입니다", "그럴지도 모릅니다", "짐작입니다"],
  over: (share) => `${share} 이상`,
  percent: (number) => `${number}%`,
  perCent: (share) => share.replace("%", "퍼센트"),
  took: (duration) => `${duration} 걸림`,
  under: (duration) => `${duration} 미만`,
  unmeasurable: "잴 수 없을 만큼 짧게",
  empty: "빈 종이입니다.",
  spoken: (label, words, share) => `${label}. ${words}, ${share}.`,
  spokenDoubt: (label, share) => `잘 모르겠습니다. 가장 가까운 것은 ${label}, ${share}입니다.`,
  drawDigit: "숫자를 그려 보세요",
  drawOneOf: (first, last) => `${first}부터 ${last} 가운데 하나를 그려 보세요`,
  drawSomething: "무엇이든 그려 보세요",
  private: "그린 것은 이 페이지를 떠나지 않습니다.",
  restarted: "신경망이 멈춰서 다시 시작했습니다. 그림은 그대로입니다.",
  wantsPictures: "이 모델은 그림이 아니라 사진을 읽습니다. 그림에 대한 답은 큰 뜻이 없습니다.",
  model: (name, parameters, size) => `모델 ${name}: 매개변수 ${parameters}개, ${size}.`,
  notLoadedYet: "신경망을 아직 불러오지 못했습니다.",
  notLoaded: (reason) => `신경망을 불러오지 못했습니다: ${reason}`,
  stopped: (reason) => `신경망이 멈췄습니다: ${reason}`,
  noWebAssembly: "이 브라우저는 WebAssembly를 실행하지 않아 그림을 읽을 수 없습니다. 다른 브라우저를 쓰거나 차단 모드를 꺼 보세요.",
  unknownModel: (name, names) => `“${name}” 모델은 없습니다. 있는 모델: ${names.join(", ")}.`,
  penDown: (column, row) => `펜을 내렸습니다. ${column}열 ${row}행`,
  penUp: "펜을 들었습니다",
  penAt: (column, row) => `${column}열 ${row}행`,
  penFound: "이제 펜으로 그립니다. 손가락과 손바닥은 그리지 않습니다.",
  panelFailed: (reason) => `이 부분을 불러오지 못했습니다: ${reason}`,
  drawFirst: "먼저 무언가를 그려 보세요.",

  reading: "사진을 읽고 있습니다.",
  noInkFound: "그 사진에서 글씨를 찾지 못했습니다.",
  traced: "사진 속 글씨를 획으로 종이에 옮겼습니다.",
  noPicture: (name) => `${name}: 이 브라우저가 열 수 있는 사진이 아닙니다.`,
  falsified: "이 브라우저는 추적을 막으려고 사진의 픽셀을 바꿔서 알려 줍니다. 신경망이 잡음을 읽게 되므로 직접 그려 주세요.",
  sample: (label) => `보기: ${label}`,

  whyIntro: (label) => `어느 획이 ${subject(label)} 맞다고, 또는 아니라고 말하는지 보여 줍니다.`,
  speaksFor: "맞다",
  speaksAgainst: "아니다",
  whyHow: "획을 한 조각씩 가리고 신경망에 다시 묻습니다. 가렸을 때 답이 약해지면 그 조각은 답을 뒷받침한 것입니다.",
  whyText: (label, forIt, against) =>
    `${label}: 가장 뒷받침하는 곳은 ${forIt}.${against ? ` 가장 반대하는 곳은 ${against}.` : " 반대하는 획은 없습니다."}`,
  places: [
    ["왼쪽 위", "위쪽", "오른쪽 위"],
    ["왼쪽", "가운데", "오른쪽"],
    ["왼쪽 아래", "아래쪽", "오른쪽 아래"],
  ],
  steps: [
    ["그린 그대로", "모든 점을 둘러싼 상자입니다. 어디에 얼마나 크게 그렸는지는 상관없습니다."],
    ["다시 그리기", "28픽셀 가운데 20픽셀에 맞춰 MNIST와 같은 굵기로 다시 그립니다. 붓 굵기는 상관없습니다."],
    ["가운데로", "잉크의 무게 중심이 가운데에 오도록 옮깁니다. 신경망은 이것을 읽습니다."],
  ],
  layer: { dense: "Dense", relu: "ReLU", softmax: "Softmax", flatten: "Flatten", dropout: "Dropout" },
  units: (count) => `유닛 ${count}개`,
  maps: (count, side) => `${side} 맵 ${count}장`,
  layersHow: "칸 하나가 유닛 하나입니다. 채워지면 양수, 테두리면 음수, 흐리면 0에 가깝습니다.",
  compareWith: "비교할 모델",
  agree: "두 모델의 답이 같습니다.",
  disagree: "두 모델의 답이 다릅니다.",
  noOther: "아직 다른 모델이 없습니다. .ink 파일을 페이지에 끌어다 놓으면 비교할 수 있습니다.",

  parameters: (count) => `매개변수 ${count}개`,
  inUse: "사용 중",
  use: "이 모델 쓰기",
  download: (share) => `불러오는 중, ${share}`,
  refused: (name, reason) => `${name}: 받아들일 수 없습니다. ${reason} 쓰던 모델을 그대로 씁니다.`,
  nowReads: (name) => `이제 ${name} 모델이 읽습니다.`,
  own: "직접 넣은 파일입니다. 더 알려진 것은 없습니다.",
  noCard: "이 모델의 카드가 없습니다. inkling card 명령이 만듭니다.",
  trained: (data, epochs, seed) => `${data}로 ${epochs}에포크 학습, 시드 ${seed}.`,
  sets: { mnist: "MNIST 시험 이미지", pen: "펜 글씨", "fashion-mnist": "Fashion-MNIST 시험 이미지" },
  accuracyOn: (share, set, count) => `${set} ${count}개 가운데 ${share}`,
  curve: "에포크별 정확도",
  training: "학습",
  validation: "검증",
  confusion: "무엇을 무엇으로 읽었나",
  confusionHow: "행은 실제, 열은 읽은 결과입니다. 칸을 누르면 그 뒤의 그림이 나옵니다.",
  cell: (label, predicted, count) =>
    label === predicted ? `${label} 바르게 읽음: ${count}` : `${label} 대신 ${predicted}: ${count}`,
  behind: (shown, of, label, predicted) =>
    label === predicted
      ? `${of}개 가운데 ${shown}개: 바르게 읽은 ${label}, 덜 확실한 것부터`
      : `${of}개 가운데 ${shown}개: ${label} 대신 ${predicted}, 더 확실한 것부터`,
};

export const page: PageTexts = {
  title: "잉클링: 숫자를 그리면 읽어 줍니다",
  tagline: "작은 신경망이 그리는 대로 바로 읽습니다.",
  modelWord: "모델:",
  answer: "답",
  noInk: messages.noInk,
  why: "왜?",
  fetching: "신경망을 불러오는 중",
  retry: "다시 시도",
  seen: "신경망이 본 것",
  sheet: "종이",
  pad: "그리는 종이",
  drawDigit: messages.drawDigit,
  advice: "크기와 자리는 마음대로",
  tools: "도구",
  undo: "되돌리기",
  undoTitle: "되돌리기 (Ctrl+Z)",
  redo: "다시하기",
  redoTitle: "다시하기 (Shift+Ctrl+Z)",
  clear: "지우기",
  clearTitle: "모두 지우기 (Delete)",
  eraser: "지우개",
  eraserTitle: "획 단위로 지우기 (E)",
  brush: "펜",
  brushTitle: "펜이 보이는 굵기",
  samples: "보기",
  samplesTitle: "바로 써 볼 그림",
  picture: "사진",
  pictureTitle: "사진 읽기",
  width: "선이 보이는 굵기. 신경망은 굵기를 보지 않습니다",
  fingersToo: "손가락으로도 그리기",
  chooseFile: "사진 고르기",
  camera: "사진 찍기",
  dropHint: "붙여 넣거나 페이지에 끌어다 놓아도 됩니다. .ink 모델도 됩니다. 아무것도 전송하지 않습니다.",
  probabilities: "확률",
  closer: "더 자세히",
  stepsTitle: "단계별로",
  layersTitle: "신경망 속",
  compareTitle: "두 모델",
  keysDraw: "키보드: 화살표로 펜을 움직이고, 스페이스로 내리고 듭니다.",
  keyUndo: "되돌리기",
  keyRedo: "다시하기",
  keyClear: "지우기",
  keyEraser: "지우개",
  whyTitle: "왜 이 답인가",
  models: "모델",
  close: "닫기",
};

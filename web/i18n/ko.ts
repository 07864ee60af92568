/** What the page says in Korean, fetched when it is wanted. */
import type { FormMessages, LaterMessages, Messages, PageTexts } from "./texts";
import type { AllWords, Words } from "./words";

/** A label with 이 or 가, by whether its reading ends in a consonant; 이(가) where that cannot be told. */
function subject(label: string): string {
  const last = label.at(-1) ?? "";
  const code = last.charCodeAt(0) - 0xac00;
  const isHangul = code >= 0 && code < 11172;
  if (!isHangul && !/\d/.test(last)) return `${label}이(가)`;
  return (isHangul ? code % 28 > 0 : "013678".includes(last)) ? `${label}이` : `${label}가`;
}

const drawings: Words = {
  title: "잉클링: 그림을 그리면 읽어 줍니다",
  tagline: "그림을 그리는 동안 작은 신경망이 바로바로 읽습니다.",
  pad: "그리는 종이",
  invitation: "무엇이든 그려 보세요",
  advice: "크기와 자리는 마음대로",
  nothing: "아직 그린 것이 없습니다",
  doubt: "신경망이 아는 것이 아니거나, 본 적 없는 모양일 수 있습니다.",
  promise: "그린 것은 이 페이지 밖으로 나가지 않습니다.",
};

const words: AllWords = {
  digits: {
    ...drawings,
    title: "잉클링: 숫자를 그리면 읽어 줍니다",
    invitation: "숫자를 그려 보세요",
    doubt: "숫자가 아니거나, 신경망이 본 적 없는 글씨일 수 있습니다.",
  },
  letters: {
    ...drawings,
    title: "잉클링: 알파벳을 그리면 읽어 줍니다",
    invitation: "알파벳을 그려 보세요",
    doubt: "알파벳이 아니거나, 신경망이 본 적 없는 글씨일 수 있습니다.",
  },
  drawings,
  pictures: {
    title: "잉클링: 사진을 보여 주면 읽어 줍니다",
    tagline: "사진을 보여 주면 작은 신경망이 읽습니다.",
    pad: "사진을 놓는 자리",
    invitation: "사진을 보여 주세요",
    advice: "붙여 넣거나 여기에 끌어다 놓아도 됩니다",
    nothing: "아직 사진이 없습니다",
    doubt: "신경망이 아는 것이 아니거나, 본 적 없는 모습일 수 있습니다.",
    promise: "이 모델은 사진을 읽습니다. 그린 것에 대한 답은 큰 의미가 없습니다. 사진은 이 페이지 밖으로 나가지 않습니다.",
  },
};

export const messages: Messages = {
  language: "ko",
  words,
  notSure: "잘 모르겠습니다",
  none: (share) => `이 중에 없을 확률: ${share}.`,
  nearest: (label, share) => `가장 가까운 것: ${label}, ${share}.`,
  confidence: ["거의 확실합니다", "그럴 가능성이 큽니다", "아마 그럴 것입니다", "그럴지도 모릅니다", "추측입니다"],
  over: (share) => `${share} 이상`,
  percent: (number) => `${number}%`,
  perCent: (share) => share.replace("%", "퍼센트"),
  took: (duration) => `${duration} 걸림`,
  under: (duration) => `${duration} 미만`,
  unmeasurable: "잴 수 없을 만큼 짧게",
  empty: "빈 종이입니다.",
  spoken: (label, words, share) => `${label}. ${words}, ${share}.`,
  spokenDoubt: (rest) => `잘 모르겠습니다. ${rest}`,
  drawOneOf: (names) => `${names.join(", ")} 가운데 하나를 그려 보세요`,
  drawBetween: (first, last) => `${first}부터 ${last}까지 가운데 하나를 그려 보세요`,
  restarted: "신경망이 멈춰서 다시 시작했습니다. 종이에 있던 것은 그대로입니다.",
  model: (name, parameters, size) => `모델 ${name}: 매개변수 ${parameters}개, ${size}.`,
  notLoadedYet: "신경망을 아직 불러오지 못했습니다.",
  notLoaded: (reason) => `신경망을 불러오지 못했습니다: ${reason}`,
  stopped: (reason) => `신경망이 멈췄습니다: ${reason}`,
  answered: (file, status) => `${file}: 서버가 ${status} 오류로 답했습니다.`,
  stalled: (file) => `${file}: 받는 도중에 멈췄습니다.`,
  unreachable: (file) => `${file}: 가져오지 못했습니다. 인터넷 연결을 확인해 주세요.`,
  damaged: (file, reason) => `${file}: 파일이 손상되었거나 버전이 다릅니다. (${reason})`,
  tooSlow: (file, multiplications) =>
    `${file}: 답 하나에 곱셈이 ${Math.round(multiplications / 1e8)}억 번(최대 21억 번) 필요해 이 페이지에서는 너무 느립니다. inkling predict 명령으로는 쓸 수 있습니다.`,
  noWebAssembly: "이 브라우저는 WebAssembly를 실행하지 않아 그림을 읽을 수 없습니다. 다른 브라우저를 쓰거나 차단 모드를 꺼 보세요.",
  unknownModel: (name, names) => `“${name}” 모델은 없습니다. 있는 모델: ${names.join(", ")}.`,
  penDown: (column, row) => `펜을 내렸습니다. ${column}열 ${row}행`,
  penUp: "펜을 들었습니다",
  penAt: (column, row) => `${column}열 ${row}행`,
  penFound: "이제 펜으로 그립니다. 손가락과 손바닥은 그리지 않습니다.",
  partFailed: (reason) => `이 부분을 불러오지 못했습니다: ${reason}`,
  part: "페이지의 파일",
  reading: "사진을 읽고 있습니다.",
};

export const later: LaterMessages = {
  noInkFound: "그 사진에서 글씨를 찾지 못했습니다.",
  emptyPicture: "빈 사진입니다.",
  traced: "사진 속 글씨를 획으로 종이에 옮겼습니다.",
  noPicture: (name) => `${name}: 이 브라우저가 열 수 있는 사진이 아닙니다.`,
  falsified: "이 브라우저는 추적을 막으려고 사진의 픽셀을 바꿔서 알려 줍니다. 신경망이 잡음을 읽게 되므로 직접 그려 주세요.",
  sample: (label) => `예시: ${label}`,
  noSamples: "이 모델에는 예시가 없습니다.",

  whyIntro: (label) => `어디를 보고 ${subject(label)} 맞다고, 또는 아니라고 하는지 보여 줍니다.`,
  speaksFor: "뒷받침",
  speaksAgainst: "반대",
  whyHow: "한 조각씩 가리고 신경망에 다시 묻습니다. 가렸을 때 답이 약해지면 그 조각은 답을 뒷받침한 것입니다.",
  whyText: (label, forIt, against) =>
    `${label}: 가장 뒷받침하는 곳은 ${forIt}입니다.${against ? ` 가장 반대하는 곳은 ${against}입니다.` : " 반대하는 곳은 거의 없습니다."}`,
  places: [
    ["왼쪽 위", "위쪽", "오른쪽 위"],
    ["왼쪽", "가운데", "오른쪽"],
    ["왼쪽 아래", "아래쪽", "오른쪽 아래"],
  ],
  steps: (box, across) => [
    ["그린 그대로", "모든 점을 둘러싼 상자입니다. 어디에 얼마나 크게 그렸는지는 상관없습니다."],
    ["다시 그리기", `${across}픽셀 가운데 ${box}픽셀에 맞춰 MNIST와 같은 굵기로 다시 그립니다. 펜 굵기는 상관없습니다.`],
    ["가운데로", "잉크의 무게 중심이 가운데에 오도록 옮깁니다. 신경망은 이것을 읽습니다."],
  ],
  fitted: ["맞추기", "회색으로 바꾸고 신경망이 읽는 크기로 줄입니다. 밝고 어두움은 그대로입니다."],
  units: (count) => `유닛 ${count}개`,
  maps: (count, side) => `${side} 맵 ${count}장`,
  cellsHow: "칸 하나가 유닛 하나입니다. 채워지면 양수, 테두리면 음수, 흐리면 0에 가깝습니다.",
  mapsHow: "작은 그림 하나가 맵 하나입니다. 색이 진할수록 그 맵이 찾는 것이 그 자리에 있다는 뜻입니다.",
  compareWith: "비교할 모델",
  agree: "두 모델의 답이 같습니다.",
  disagree: "두 모델의 답이 다릅니다.",
  otherSize: "다른 모델은 크기가 다른 사진을 읽습니다.",
  noOther: "아직 다른 모델이 없습니다. .ink 파일을 페이지에 끌어다 놓으면 비교할 수 있습니다.",

  embedNowhere: (address) => `?embed=${address}는 사이트 주소가 아니어서 예측을 어디에도 보내지 않습니다.`,

  parameters: (count) => `매개변수 ${count}개`,
  inUse: "사용 중",
  use: "이 모델 쓰기",
  download: (share) => `불러오는 중, ${share}`,
  refused: (reason) => `${reason} 쓰던 모델을 그대로 씁니다.`,
  tooLarge: (name, size) => `${name}: ${size}는 모델이라기에는 너무 큽니다.`,
  nowReads: (name) => `이제 ${name} 모델이 읽습니다.`,
  own: "직접 넣은 파일입니다. 더 알려진 것은 없습니다.",
  noCard: "이 모델의 카드가 없습니다. inkling card 명령이 만듭니다.",
  trained: (data, epochs, seed) => `${data}로 ${epochs}에포크 학습, 시드 ${seed}.`,
  sets: { mnist: "MNIST 시험 이미지", pen: "펜 글씨", "unipen-letters": "여러 나라 사람들의 알파벳", "fashion-mnist": "Fashion-MNIST 시험 이미지" },
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

export const form: FormMessages = {
  draw: "여기에 답을 그려 주세요.",
  drawAgain: "신경망이 확실히 읽지 못했습니다. 다시 한 번 그려 주세요.",
  sandboxed: "이 프레임은 allow-same-origin 없이 샌드박스에 있어 브라우저가 워커를 실행하지 않습니다. 그래서 읽을 수 없습니다.",
  fromFile: "이 페이지는 파일로 열려 브라우저가 워커를 실행하지 않습니다. 그래서 읽을 수 없습니다. 이 컴퓨터에서 웹 서버로 열어 보세요.",
  otherOrigin: (origin) =>
    `이 종이의 파일은 ${origin}에 있는데, 브라우저는 페이지와 같은 사이트의 워커만 실행합니다. element 폴더를 이 사이트로 복사해 주세요.`,
};

export const page: PageTexts = {
  language: "언어",
  reads: "읽을 것",
  digits: "숫자",
  letters: "알파벳",
  modelWord: "모델:",
  chooseTitle: "모델 살펴보고 바꾸기",
  answer: "답",
  why: "왜?",
  fetching: "신경망을 불러오는 중",
  retry: "다시 시도",
  seen: "신경망이 본 것",
  sheet: "종이",
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
  samples: "예시",
  samplesTitle: "바로 써 볼 예시",
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
  stepsHead: "단계별로: 신경망이 보기까지",
  compareTitle: "모델 비교",
  keysDraw: "키보드: Tab으로 종이에 온 뒤 화살표로 펜을 움직이고, 스페이스로 내리고 듭니다.",
  keyUndo: "되돌리기",
  keyRedo: "다시하기",
  keyClear: "지우기",
  keyEraser: "지우개",
  whyTitle: "왜 이 답인가",
  models: "모델",
  close: "닫기",
  licences: "라이선스",
};

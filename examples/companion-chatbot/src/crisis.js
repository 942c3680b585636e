const SIGNS = [/\b(kill myself|suicide|end my life|self[- ]harm)\b/i, /자살|죽고 싶|자해/, /自杀|不想活|自残/];

const LINES = {
  ko: "많이 힘드시군요. 지금 자살예방상담전화 109로 연락해 주세요.",
  en: "I am worried about you. Please call or text 988 now.",
  zh: "我很担心你。请现在拨打12356心理援助热线。",
};

export const looksLikeCrisis = (text) => SIGNS.some((sign) => sign.test(text));
export const crisisAnswer = (lang) => LINES[lang] ?? LINES.en;

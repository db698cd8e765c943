// Articles as the contract has them; the field names are the camelCase ones of proto-loader.

const publication = {
  publishTime: { seconds: Date.parse("2024-03-27T18:00:00+03:00") / 1000 },
  timeZone: "Asia/Amman",
  country: "JO",
};

// The red circle is one code point but two units of a JavaScript string: spans in any other unit would slice wrong words.
export const bridge = {
  id: "bridge",
  text:
    "🔴 عاجل: وصل وزير النقل إلى عمّان مساء أمس، وسيفتتح الجسر الجديد يوم الأحد المقبل. " +
    "وكان البرلمان قد أقر المشروع في 12 يناير.",
  publication,
};

export const company = { id: "company", text: "أعلنت الشركة أمس أرباحها السنوية.", publication };

// There is no such time zone.
export const lost = {
  id: "lost",
  text: "اجتمع الوزراء في بيروت اليوم.",
  publication: { ...publication, timeZone: "Asia/Atlantis" },
};

export const election = { id: "election", text: "تبدأ الانتخابات يوم الخميس المقبل.", publication };

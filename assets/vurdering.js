// Lægger en vurderings svar sammen, mens den udfyldes på skærmen.
//
//   <section data-vurdering> … <div class="vurder-del"> … <fieldset class="vurder-punkt">
//     <input type="radio" value="2"> … <p class="vurder-sum" data-navn data-mindst data-hoejst
//     data-graenser="0 Ikke i gang;12 I gang"><span class="vurder-felt">
//
// A sum stands in its group, or beside the groups when it is of all of them. The answers
// are in the page's memory only: nothing is stored or sent, and leaving the page forgets
// them. Without this script the answers can be chosen, printed and added up by hand.
(() => {
  "use strict";

  const make = (tag, className, props) => Object.assign(document.createElement(tag), { className }, props);

  function enhance(section) {
    const points = [...section.querySelectorAll(".vurder-punkt")];
    const chosen = (within) => [...within.querySelectorAll("input:checked")];
    const status = make("p", "vurder-status");
    status.setAttribute("role", "status");
    const profile = make("dl", "vurder-profil");
    const sums = [...section.querySelectorAll(".vurder-sum")].map((line) => {
      const data = line.dataset, row = make("div", ""), said = make("dd", "");
      const bar = make("meter", "", { min: +data.mindst, max: +data.hoejst, value: +data.mindst });
      bar.setAttribute("aria-label", data.navn);
      const words = make("span", "");
      said.append(bar, " ", words);
      row.append(make("dt", "", { textContent: data.navn }), said);
      profile.append(row);
      const limits = (data.graenser ?? "").split(";").filter(Boolean).map((g) => [parseInt(g, 10), g.slice(g.indexOf(" ") + 1)]);
      return { data, bar, words, limits, within: line.closest(".vurder-del") ?? section, field: line.querySelector(".vurder-felt") };
    });
    const clear = make("button", "tjek-ryd", { type: "button", textContent: ord("vurdering.ryd") });
    const box = make("div", "vurder-resultat");
    box.append(make("h3", "", { textContent: ord("vurdering.profil") }), status, profile, clear,
      make("p", "tjek-husk", { textContent: ord("vurdering.husker") }));
    section.append(box);

    // A sum has a name when all its points have a value.
    const tell = () => {
      let all;
      for (const s of sums) {
        const answers = chosen(s.within), sum = answers.reduce((n, a) => n + +a.value, 0);
        const done = answers.length === s.within.querySelectorAll(".vurder-punkt").length;
        const name = done ? s.limits.findLast(([from]) => sum >= from)?.[1] ?? "" : "";
        s.bar.value = sum;
        s.words.textContent = `${sum} / ${s.data.hoejst}${name && ` – ${name}`}`;
        s.field.textContent = answers.length ? String(sum) : "";
        all = { sum, name, most: s.data.hoejst };
      }
      status.textContent = ord("vurdering.status").replace("{besvaret}", chosen(section).length)
        .replace("{antal}", points.length).replace("{sum}", all.sum).replace("{hoejst}", all.most + (all.name && `: ${all.name}`));
    };
    const forget = () => {
      for (const a of chosen(section)) a.checked = false;
      tell();
    };
    section.addEventListener("change", tell);
    clear.addEventListener("click", forget);
    addEventListener("pageshow", forget);
    tell();
  }

  document.querySelectorAll("[data-vurdering]").forEach(enhance);
})();

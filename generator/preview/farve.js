// The colour of a municipality: chosen by eye, with its contrast as one chooses.

const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const luminance = (hex) => parts(hex).map(linear).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);

// contrast is WCAG's ratio with white.
export const contrast = (hex) => 1.05 / (luminance(hex) + 0.05);

export function colours(main) {
  for (const field of main.querySelectorAll("[data-fv-farve]")) {
    const text = field.querySelector("input");
    const choice = Object.assign(document.createElement("input"), { type: "color" });
    choice.setAttribute("aria-label", "Vælg farven");
    const sample = Object.assign(document.createElement("span"), { className: "fv-proeve", textContent: "Sådan ser en knap ud" });
    const told = document.createElement("output");
    const show = () => {
      const hex = text.value.trim();
      const known = /^#[0-9a-f]{6}$/i.test(hex);
      sample.hidden = !known;
      told.textContent = "";
      if (!known) return;
      choice.value = hex;
      sample.style.background = hex;
      const ratio = contrast(hex);
      const number = (Math.floor(ratio * 10) / 10).toLocaleString("da");
      told.textContent = `Kontrast mod hvid: ${number}:1 – ` + (ratio >= 4.5 ? "kan læses" : "for lys, kravet er 4,5:1");
    };
    choice.addEventListener("input", () => {
      text.value = choice.value;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    text.addEventListener("input", show);
    field.prepend(choice);
    field.append(sample, told);
    show();
  }
}

"use strict";
(() => {
  const parts = JSON.parse(document.getElementById("parts").textContent);
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");
  const most = 50;

  const asked = () => words.value.toLowerCase().split(/\s+/).filter(Boolean);

  const excerpt = (text, first) => {
    const at = text.toLowerCase().indexOf(first);
    const from = Math.max(0, at - 60);
    return (from ? "… " : "") + text.slice(from, from + 180) + (from + 180 < text.length ? " …" : "");
  };

  const entry = (part, wanted) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = part.address;
    link.textContent = part.heading === part.page ? part.page : `${part.page}: ${part.heading}`;
    const said = document.createElement("span");
    said.textContent = excerpt(part.text, wanted[0]);
    item.append(link, said);
    return item;
  };

  const look = () => {
    const wanted = asked();
    const scored = parts.map((part) => {
      const [heading, all] = [part.heading.toLowerCase(), `${part.heading} ${part.text}`.toLowerCase()];
      const there = wanted.length && wanted.every((word) => all.includes(word));
      return [part, there ? 1 + wanted.filter((word) => heading.includes(word)).length : 0];
    });
    const shown = scored.filter(([, score]) => score).sort((a, b) => b[1] - a[1]);
    hits.replaceChildren(...shown.slice(0, most).map(([part]) => entry(part, wanted)));
    const many = shown.length > most ? `, the first ${most} are listed` : "";
    const places = shown.length === 1 ? "1 place" : `${shown.length} places`;
    found.textContent = wanted.length ? places + many : "";
  };

  document.getElementById("search").hidden = false;
  document.getElementById("search").addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", look);
  look();
})();

// Run by script_test.go: node kalender.test.js <kalender.js> <ical.js>
const assert = require("node:assert/strict");
const [, , script, icalPath] = process.argv;
const k = require(script);

// Easter and the days that follow from it, from the almanac.
for (const [year, day] of [[2023, "2023-04-09"], [2024, "2024-03-31"], [2025, "2025-04-20"], [2026, "2026-04-05"], [2027, "2027-03-28"], [2038, "2038-04-25"], [2049, "2049-04-18"], [2076, "2076-04-19"]])
  assert.equal(k.toISO(k.easter(year)), day);
for (const [day, name] of [
  ["2026-04-02", "skærtorsdag"], ["2026-04-03", "langfredag"], ["2026-04-06", "2. påskedag"], ["2026-05-14", "Kristi himmelfartsdag"],
  ["2026-05-25", "2. pinsedag"], ["2026-06-05", "grundlovsdag"], ["2026-12-24", "juleaftensdag"], ["2026-12-31", "nytårsaftensdag"],
  ["2027-01-01", "nytårsdag"], ["2024-04-26", ""], ["2026-05-01", ""], ["2026-11-23", ""],
]) assert.equal(k.holiday(k.toDay(day)), name, day);

for (const [from, n, want] of [["2026-01-31", 3, "2026-04-30"], ["2027-11-30", 3, "2028-02-29"], ["2026-11-30", 3, "2027-02-28"], ["2026-12-15", 1, "2027-01-15"]])
  assert.equal(k.toISO(k.addMonths(k.toDay(from), n)), want);

// The clamping does not add up: the fifth meeting is on the 31st again.
const months = k.series({ first: "2026-01-31", count: 5, interval: 3, unit: "maaned" });
assert.deepEqual(months.map((m) => m.planned), ["2026-01-31", "2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31"]);
assert.equal(k.moved(months[0]), "flyttet fra lørdag 31. januar");
assert.equal(k.moved(months[1]), "");
// Skærtorsdag to the Tuesday after Easter; Christmas to the Monday after it.
const [easter] = k.series({ first: "2026-04-02", count: 1, interval: 6, unit: "uge" });
assert.deepEqual([easter.held, k.moved(easter)], ["2026-04-07", "flyttet fra torsdag 2. april (skærtorsdag)"]);
assert.equal(k.series({ first: "2026-12-24", count: 1, interval: 0 })[0].held, "2026-12-28");
assert.deepEqual(k.series({ first: "2026-03-04", count: 3, interval: 6, unit: "uge" }).map((m) => m.held), ["2026-03-04", "2026-04-15", "2026-05-27"]);
// A bounded series has exactly its sessions: a pause of a week before the third, and none in
// week 11, which is left out: 9 to 15 March.
const sessions = k.series({ first: "2026-02-16", count: 4, interval: 1, unit: "uge", list: [["1. Velkommen", 120, 0], ["2. Lyt", 90, 0], ["3. Leg", 90, 1], ["4. Farvel", 60, 0]], without: [11] });
assert.deepEqual(sessions.map((m) => [m.held, m.of[0]]), [["2026-02-16", "1. Velkommen"], ["2026-02-23", "2. Lyt"], ["2026-03-16", "3. Leg"], ["2026-03-23", "4. Farvel"]]);
const course = k.calendar({ title: "Gruppen", first: "2026-02-16", time: "17:00", count: 2, interval: 1, unit: "uge", list: [["1. Velkommen", 120, 0], ["2. Lyt", 90, 0]] }, 0);
assert.match(course, /SUMMARY:1\. Velkommen[^]*DTEND;TZID=Europe\/Copenhagen:20260223T183000\r\nSUMMARY:2\. Lyt/);
assert.equal(course.match(/BEGIN:VEVENT/g).length, 2);
assert.equal(k.spell("2026-05-01", true), "fredag 1. maj 2026");

assert.equal(k.escape("a;b,c\\d\r\ne"), "a\\;b\\,c\\\\d\\ne");
for (const text of ["å".repeat(200), "x".repeat(74) + "øøø", "👩‍🏫".repeat(40), "x".repeat(75), ""]) {
  const lines = k.fold(text).split("\r\n");
  for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(!k.fold(text).includes("\ufffd"));
  assert.equal(lines.map((l, i) => (i ? l.slice(1) : l)).join(""), text);
  assert.equal(k.fold("x".repeat(75)).includes("\r\n"), false);
}

const meeting = {
  title: "Opfølgningsmøde; æøå, 100 %", description: "Følg op på målene:\nHvad er nået? " + "Læs særligt grundigt på tværs. ".repeat(6), place: "Skolen, lokale 3",
  address: "https://haandbog.example.dk/laeringsmiljoe/moeder/opfoelgning.html", first: "2026-01-15", time: "09:30", minutes: 90, count: 4, interval: 3, unit: "maaned", alarm: "P1D",
};
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const text = k.calendar(meeting, now);
assert.equal(k.calendar(meeting, now), text);
assert.ok(text.endsWith("END:VCALENDAR\r\n"));
assert.ok(!/[^\r]\n|\r[^\n]/.test(text), "every line ends in CRLF");
for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);

// An outside parser reads the same meetings, at the same time on the clock in
// winter and in summer.
import(icalPath).then(({ default: ICAL }) => {
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.register(new ICAL.Timezone(root.getFirstSubcomponent("vtimezone")));
  const events = root.getAllSubcomponents("vevent").map((e) => new ICAL.Event(e));
  assert.deepEqual(events.map((e) => e.startDate.toString()), ["2026-01-15T09:30:00", "2026-04-15T09:30:00", "2026-07-15T09:30:00", "2026-10-15T09:30:00"]);
  assert.deepEqual(events.map((e) => e.startDate.toJSDate().toISOString()), ["2026-01-15T08:30:00.000Z", "2026-04-15T07:30:00.000Z", "2026-07-15T07:30:00.000Z", "2026-10-15T07:30:00.000Z"]);
  for (const e of events) {
    assert.equal(e.duration.toSeconds(), 90 * 60);
    assert.equal(e.summary, meeting.title);
    assert.equal(e.location, meeting.place);
    assert.equal(e.description, `${meeting.description}\n${meeting.address}`);
    assert.equal(e.component.getFirstPropertyValue("dtstamp").toString(), "2026-01-02T03:04:05Z");
    assert.equal(e.component.getFirstSubcomponent("valarm").getFirstPropertyValue("trigger").toString(), "-P1D");
  }
  const uidsOf = (choices, at = now) => new ICAL.Component(ICAL.parse(k.calendar({ ...meeting, ...choices }, at)))
    .getAllSubcomponents("vevent").map((e) => e.getFirstPropertyValue("uid"));
  const uids = uidsOf({});
  // Taken again, also with another reminder, the meetings replace themselves.
  assert.deepEqual(uidsOf({}, now + 1e9), uids);
  assert.deepEqual(uidsOf({ alarm: "PT1H" }, now + 1e9), uids);
  // Two children's series of one meeting stand side by side, whatever tells them apart;
  // some of their meetings are on the same day.
  const series = [
    {}, { first: "2026-01-16" }, { first: "2026-04-15" }, { time: "13:00" }, { minutes: 60 }, { count: 3 }, { count: 9 },
    { interval: 6 }, { interval: 1 }, { unit: "uge" }, { title: "Målmøde" }, { address: "" },
    // Both are held on 28 December.
    { first: "2026-12-24", count: 1 }, { first: "2026-12-25", count: 1 }, { first: "2026-12-28", count: 1 },
    // Choices that written after each other look alike.
    { interval: 1, count: 12 }, { interval: 11, count: 2 }, { title: "a|b", address: "c" }, { title: "a", address: "b|c" },
  ].flatMap((choices) => uidsOf(choices));
  assert.equal(new Set(series).size, series.length, "two series share a meeting");
  // The last Sundays of March and October, both sides of the change.
  const zone = ICAL.TimezoneService.get("Europe/Copenhagen");
  for (const [day, hours] of [["2026-03-28", 1], ["2026-03-30", 2], ["2026-10-24", 2], ["2026-10-26", 1]])
    assert.equal(zone.utcOffset(ICAL.Time.fromDateTimeString(day + "T12:00:00")), hours * 3600, day);
  const moved = new ICAL.Component(ICAL.parse(k.calendar({ ...meeting, first: "2026-12-24", count: 1, alarm: "" }, now)));
  const only = new ICAL.Event(moved.getFirstSubcomponent("vevent"));
  assert.equal(only.startDate.toString(), "2026-12-28T09:30:00");
  assert.match(only.description, /Mødet er flyttet fra torsdag 24\. december \(juleaftensdag\)\./);
  assert.equal(only.component.getFirstSubcomponent("valarm"), null);
}).catch((e) => { console.error(e); process.exit(1); });

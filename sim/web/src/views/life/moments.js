// Months as places on a line, and what belongs together: the steps of the story, the bars and marks of the timeline.

/** "2027-03" as a number of months. */
export function month_number(text) {
    const [year, month] = text.split("-").map(Number);
    return year * 12 + month - 1;
}

/** "2005-03..2005-12", "2005-03" or "": its first and last month, or null. */
export function months_of(time) {
    if (time === "") {
        return null;
    }
    const [first, last = first] = time.split("..");
    return [month_number(first), month_number(last)];
}

const meet = ([a, b], [c, d]) => a <= d && c <= b;

export class Moments {
    /** `content` is a document of kind "life". */
    constructor(content) {
        this.lines = content.lines;
        this.events = content.events;
        this.records = content.records.map((record) =>
            ({ ...record, months_at: [month_number(record.from), month_number(record.to)] }));
        this.steps = steps_of(this.lines);
        this.step_of_line = new Map(this.steps.flatMap((step, index) => step.lines.map((line) => [line, index])));
        const claim = this.events.find(({ kind }) => kind === "claim");
        // What happens at the end of a month stands behind it on the timeline; money that moves with a new job, and a
        // return, before it.
        this.place_of = (event) => month_number(event.month)
            + (event.kind === "return" || (event.kind === "transfer" && !(claim && event.line > claim.line)) ? 0 : 1);
    }

    /** Does this choice ("step-3", "bar-0", "mark-2") mean anything here? */
    knows(choice) {
        const [, kind, index] = /^(step|bar|mark)-(\d+)$/.exec(choice) ?? [];
        return kind !== undefined && Number(index) < { step: this.steps, bar: this.records, mark: this.events }[kind].length;
    }

    /** What a choice touches: steps, bars and marks by index, and its months, or null. */
    touched(choice) {
        const found = { steps: new Set(), bars: new Set(), marks: new Set(), months: null };
        if (!this.knows(choice)) {
            return found;
        }
        const [kind, text] = choice.split("-");
        const index = Number(text);
        if (kind === "step") {
            const step = this.steps[index];
            found.steps.add(index);
            found.months = step.months;
            this.events.forEach((event, at) => step.lines.includes(event.line) && found.marks.add(at));
            this.records.forEach(({ record, months_at }, at) =>
                record === step.record && meet(months_at, step.months) && found.bars.add(at));
        } else if (kind === "bar") {
            const { record, months_at } = this.records[index];
            found.bars.add(index);
            found.months = months_at;
            this.steps.forEach((step, at) =>
                step.record === record && meet(months_at, step.months) && found.steps.add(at));
        } else {
            const event = this.events[index];
            const month = month_number(event.month);
            found.marks.add(index);
            found.months = [month, month];
            found.steps.add(this.step_of_line.get(event.line));
        }
        return found;
    }
}

/** A line with a time and the details behind it. What comes before the first time belongs to none. */
function steps_of(lines) {
    const steps = [];
    lines.forEach((line, index) => {
        if (line.heading) {
            return;
        }
        if (line.time !== "" || steps.length === 0) {
            steps.push({ lines: [], time: line.time, months: months_of(line.time), record: line.record ?? null,
                         routine: line.routine === true });
        }
        steps[steps.length - 1].lines.push(index);
    });
    return steps;
}

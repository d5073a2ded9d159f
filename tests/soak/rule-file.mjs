// The rule file of a soak: saved every second with the next generation, every fifth time broken.

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const faults = ["reset", "close", "truncate", "drip", "hang"].map((fault) => ({
  name: fault,
  when: { consumer_id: { starts_with: `${fault}-` } },
  respond: fault === "drip" ? { fault: { kind: "drip", chunk: 64, gap: "1ms" } } : { fault },
}));

export class RuleFile {
  saved = 0;
  broken = 0;
  generation = 0; // of the last good save
  savedAt = 0;

  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder);
    this.save();
  }

  text() {
    const generation = { name: "generation", when: { consumer_id: "generation" }, respond: { status: 200, body: { generation: this.generation } } };
    return JSON.stringify({ rules: [generation, ...faults] });
  }

  save() {
    this.saved += 1;
    const breaks = this.saved % 5 === 0;
    if (breaks) this.broken += 1;
    else {
      this.generation += 1;
      this.savedAt = Date.now();
    }
    const draft = join(this.folder, "draft");
    writeFileSync(draft, breaks ? this.text().slice(0, -40) : this.text());
    renameSync(draft, join(this.folder, "soak.json"));
  }

  async keepSaving(isOver) {
    while (!isOver()) {
      await sleep(1000);
      this.save();
    }
  }
}

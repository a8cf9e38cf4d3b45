// What the reader has chosen: language, year, area and so on. Lives in memory and in the address after "#", so a link
// shows what its sender saw; nothing else is stored.

export class Store {
    #values = new Map();
    #watchers = new Map();
    #linked = new Map();
    #write_pending = false;

    get(key) {
        return this.#values.get(key);
    }

    /** Tells those who watch `key`, if the value is another. */
    set(key, value) {
        if (this.#values.get(key) === value) {
            return;
        }
        this.#values.set(key, value);
        const watchers = this.#watchers.get(key) ?? new Set();
        for (const watcher of [...watchers]) {
            if (watchers.has(watcher)) { // one before it may have ended it
                watcher(value);
            }
        }
        this.#write_later();
    }

    /** Returns what ends it. */
    watch(keys, watcher) {
        for (const key of keys) {
            if (!this.#watchers.has(key)) {
                this.#watchers.set(key, new Set());
            }
            this.#watchers.get(key).add(watcher);
        }
        return () => keys.forEach((key) => this.#watchers.get(key).delete(watcher));
    }

    /**
     * `key` with its first value; `read` makes a value of a text in the address, or undefined of one that means nothing;
     * `write` makes the text, or null for a value not worth telling.
     */
    link(key, first, read, write) {
        this.#values.set(key, first);
        this.#linked.set(key, write);
        const text = new URLSearchParams(location.hash.slice(1)).get(key);
        const value = text === null ? undefined : read(text);
        if (value !== undefined) {
            this.#values.set(key, value);
        }
    }

    /** As link(), once: a view that is drawn anew keeps what the reader chose. */
    link_once(key, ...how) {
        if (!this.#linked.has(key)) {
            this.link(key, ...how);
        }
    }

    #write_later() {
        if (this.#write_pending) {
            return;
        }
        this.#write_pending = true;
        setTimeout(() => {
            this.#write_pending = false;
            this.#write();
        }, 300);
    }

    #write() {
        const told = new URLSearchParams();
        for (const [key, write] of this.#linked) {
            const text = write(this.#values.get(key));
            if (text !== null) {
                told.set(key, text);
            }
        }
        try {
            history.replaceState(null, "", `#${told}`);
        } catch {
            // A browser that forbids it to files shows the page as well.
        }
    }
}

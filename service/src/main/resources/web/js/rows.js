// SPDX-License-Identifier: Apache-2.0
// Rows of a table that are built once and then only changed where something is other than before.

/** The rows of a table's body, each of a thing with an id. */
export class Rows {
  #body;
  #build;
  #rows = new Map();

  /**
   * Of a table's body.
   *
   * @param build makes a row: {element, update(thing, index)}
   */
  constructor(body, build) {
    this.#body = body;
    this.#build = build;
  }

  /** Shows these things in this order; moves no row that is at its place. */
  show(things) {
    const ids = new Set(things.map((thing) => thing.id));
    for (const [id, row] of this.#rows) {
      if (!ids.has(id)) {
        row.element.remove();
        this.#rows.delete(id);
      }
    }
    let next = this.#body.firstElementChild;
    things.forEach((thing, index) => {
      let row = this.#rows.get(thing.id);
      if (row === undefined) {
        row = this.#build(thing);
        this.#rows.set(thing.id, row);
      }
      if (row.thing !== thing || row.index !== index) {
        row.update(thing, index);
        row.thing = thing;
        row.index = index;
      }
      if (row.element === next) {
        next = next.nextElementSibling;
      } else {
        this.#body.insertBefore(row.element, next);
      }
    });
  }

  /** The row of an id; undefined if it is not shown. */
  row(id) {
    return this.#rows.get(id);
  }
}

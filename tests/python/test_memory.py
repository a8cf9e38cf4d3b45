"""Numbers stay where the library has them, and go when nobody uses them any more."""

import gc

import numpy as np

import pensim


def resident_pages():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])


def test_columns_share_the_memory_of_the_table():
    run = pensim.run("small", persons=1000)
    raw = run.tables.raw("flows")
    columns = {c.name: c.values() for c in raw.columns}
    again = {c.name: c.values() for c in run.tables.raw("flows").columns}
    fen = run.table("flows", money="fen")
    for name in ("year", "people", "account", "pooled", "weight"):
        assert np.shares_memory(columns[name], again[name])
        assert np.shares_memory(fen[name].to_numpy(), columns[name]), name
        assert not fen[name].to_numpy().flags.writeable
        assert not columns[name].flags.owndata
    assert np.shares_memory(columns["from"], again["from"])
    assert np.shares_memory(run.flows.people.to_numpy(), columns["people"])


def test_a_table_keeps_its_run_alive():
    fen = pensim.run("small", persons=1000, seed=3).table("flows", money="fen")
    before = fen.account.sum()
    gc.collect()
    pensim.run("small", persons=1000, seed=4)
    assert fen.account.sum() == before
    assert before == pensim.run("small", persons=1000, seed=3).table("flows", money="fen").account.sum()


def test_memory_does_not_grow_from_run_to_run():
    def once():
        run = pensim.run("small", persons=200, microdata=True, threads=1)
        assert len(run.flows) > 0 and len(run.people) == 200

    for _ in range(5):
        once()
    gc.collect()
    before = resident_pages()
    for _ in range(50):
        once()
    gc.collect()
    assert (resident_pages() - before) * 4096 < 8 << 20

# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The state machine of a case, declared as data on the class of each concrete model.

A concrete case model lists its :class:`State` and :class:`Transition` objects; the one
method :meth:`lgo.case.mixin._transition` reads them. Nothing here touches the ORM.
"""

from dataclasses import dataclass

#: Put into the context (as the very object, compared with ``is``) by the mixin when it
#: writes protected fields. Remote calls carry JSON, so they cannot forge it.
CASE_SENTINEL = object()
SENTINEL_KEY = "lgo_case_write"


@dataclass(frozen=True)
class State:
    """A state of a case.

    :param code: stored value
    :param label: source string of what clerks see (declare it with ``_lt``)
    :param public: source string of what the citizen reads; defaults to ``label``
    :param clocks: kinds of clock that run while the case is in this state
    :param pauses: kinds of clock that stand still (and go on later) in this state
    :param final: the case is over
    :param initial: a record may begin here as well as in the first state
    """

    code: str
    label: object
    public: object = None
    clocks: tuple = ()
    pauses: tuple = ()
    final: bool = False
    initial: bool = False


@dataclass(frozen=True)
class Transition:
    """A step from one state to another.

    :param code: name given to ``_transition``
    :param label: source string of the button
    :param source: codes of the states from which it may start
    :param target: code of the state in which it ends
    :param groups: comma separated group XML ids, one of which the user needs; empty means
        that no user may trigger it by a button (only code and the portal door may)
    :param portal: the applicant may do it (through the portal controllers)
    :param guard: name of a method of the model that raises ``UserError`` when not allowed
    :param before: name of a method called after the guard, before the state is written and
        the clocks move
    :param after: name of a method called after the state was written
    :param message: source string written to the citizen's timeline; empty: no public line
    :param reason: a reason must be given
    """

    code: str
    label: object
    source: tuple
    target: str
    groups: str = ""
    portal: bool = False
    guard: str = ""
    before: str = ""
    after: str = ""
    message: object = None
    reason: bool = False


def check_machine(states, transitions):
    """Refuse a table that cannot work: unknown states, doubles, a state nobody reaches.

    :raises ValueError: naming the fault; meant to fail when the registry is built
    """
    codes = [state.code for state in states]
    if len(set(codes)) != len(codes):
        raise ValueError(f"state declared twice in {codes}")
    names = [transition.code for transition in transitions]
    if len(set(names)) != len(names):
        raise ValueError(f"transition declared twice in {names}")
    for transition in transitions:
        unknown = {*transition.source, transition.target} - set(codes)
        if unknown:
            raise ValueError(f"transition {transition.code}: unknown state {sorted(unknown)}")
    reached = {transition.target for transition in transitions} | {codes[0]}
    reached |= {state.code for state in states if state.initial}
    if set(codes) - reached:
        raise ValueError(f"states without a way in: {sorted(set(codes) - reached)}")

"""The model: state, setup of a run, rules, observation, and the order of a quarter."""

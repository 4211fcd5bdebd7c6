"""Learning records as xAPI 1.0.3 statements: what they say, where they come from, how they reach a record store.

Who did something stands in them as a pseudonym that differs per purpose; never a name, an address, an answer's content or
anything that somebody wrote.
"""

"""The pages: a view parses, calls one verb of `workflow.services`, answers."""

# Everything is in dev.py; this only finds a Python for it. `make test ARGS="-k seal"` passes options on.
# PYTHON=/path/to/python chooses the interpreter.

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && exit; done; echo python3)

.PHONY: setup run test lint check clean
setup run test lint check clean:
	@"$(PYTHON)" dev.py $@ $(ARGS)

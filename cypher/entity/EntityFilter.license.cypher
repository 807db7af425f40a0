// Assets under a license.
// predicate
compare(node.licenseSpdx)

// A node as it is answered: the values of the properties that are wanted, in their order, and its labels.
// part
[[name IN $properties | told(node, name)], labels(node)]

// A node as it is answered. Instants that every node has go as text, which the driver reads a hundred times faster.
// part
node {.*, labels: labels(node), createdAt: toString(node.createdAt), recordedAt: toString(node.recordedAt)}

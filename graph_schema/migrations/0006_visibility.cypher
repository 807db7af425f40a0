// What is private.
CREATE INDEX registered_model_by_is_private IF NOT EXISTS FOR (x:RegisteredModel) ON (x.isPrivate);
CREATE INDEX dataset_by_is_private IF NOT EXISTS FOR (x:Dataset) ON (x.isPrivate);

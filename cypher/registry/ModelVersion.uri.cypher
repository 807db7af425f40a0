// The address of a version.
// relation this -> value, one
MATCH (model:Entity {id: this.modelId})
RETURN 'models:/' + model.name + '/' + toString(this.number) AS value

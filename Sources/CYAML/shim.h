// The reader of YAML: one event after another, with lines and columns.
#ifndef CESUAN_YAML_SHIM_H
#define CESUAN_YAML_SHIM_H
#include <yaml.h>
#endif

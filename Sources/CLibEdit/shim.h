#ifndef SWALE_CLIBEDIT_SHIM_H
#define SWALE_CLIBEDIT_SHIM_H

#include <histedit.h>
#include <stddef.h>

// Swift cannot call C functions with variable arguments. These give the ones of libedit that the
// editor needs a fixed form each.

typedef unsigned char (*swale_edit_function)(EditLine *, int);

static inline int swale_edit_set_client(EditLine *edit, void *client) {
  return el_set(edit, EL_CLIENTDATA, client);
}

static inline void *swale_edit_client(EditLine *edit) {
  void *client = NULL;
  el_get(edit, EL_CLIENTDATA, &client);
  return client;
}

static inline int swale_edit_set_editor(EditLine *edit, const char *name) {
  return el_set(edit, EL_EDITOR, name);
}

/// True if the key maps are those of vi.
static inline int swale_edit_is_vi(EditLine *edit) {
  const char *name = NULL;
  return el_get(edit, EL_EDITOR, &name) == 0 && name != NULL && name[0] == 'v';
}

static inline int swale_edit_set_reader(EditLine *edit, el_rfunc_t reader) {
  return el_wset(edit, EL_GETCFN, reader);
}

static inline int swale_edit_add_function(EditLine *edit, const char *name, const char *help,
                                          swale_edit_function function) {
  return el_set(edit, EL_ADDFN, name, help, function);
}

static inline int swale_edit_bind(EditLine *edit, const char *key, const char *function) {
  return el_set(edit, EL_BIND, key, function, NULL);
}

/// Binds in the command map of vi.
static inline int swale_edit_bind_alternative(EditLine *edit, const char *key,
                                              const char *function) {
  return el_set(edit, EL_BIND, "-a", key, function, NULL);
}

/// Changes a flag of the terminal modes used while editing, such as "-isig".
static inline int swale_edit_set_mode(EditLine *edit, const char *flag) {
  return el_set(edit, EL_SETTY, "-d", flag, NULL);
}

static inline int swale_edit_set_history(EditLine *edit, History *entries) {
  return el_set(edit, EL_HIST, history, entries);
}

static inline int swale_history_resize(History *entries, int size) {
  HistEvent event;
  return history(entries, &event, H_SETSIZE, size);
}

static inline int swale_history_enter(History *entries, const char *text) {
  HistEvent event;
  return history(entries, &event, H_ENTER, text);
}

#endif

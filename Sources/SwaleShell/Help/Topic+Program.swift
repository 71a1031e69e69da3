extension Topic {
  /// The pages about the program itself.
  static let program: [Topic] = [
    Topic(
      name: "keys", summary: "editing at the prompt",
      text: """
        Enter            run the entry, or begin another line where it is unfinished
        Alt-Enter        begin another line in any case
        Up, Down         line above or below, then entries that begin alike
        Ctrl-R           search the history; again for older, Ctrl-G gives up
        Tab              complete names, members, labels, commands, paths in strings, and
                         the columns that flow through a pipe
        Right, End       take the suggestion that is shown dim
        Ctrl-A, Ctrl-E   start and end of the line
        Alt-B, Alt-F     word to the left and to the right
        Ctrl-K, Ctrl-U   cut to the end or the start of the line; Ctrl-W back to a blank
        Ctrl-Y, Ctrl-_   put back what was cut; undo
        Ctrl-L           clear the screen
        Ctrl-C           drop the entry, or stop what is running
        Ctrl-Z           back to the system shell until fg
        Ctrl-D           leave, on an empty entry; so do :quit and the words exit and quit

        ~/.editrc is respected: bind -v gives the keys of vi. The history is in
        ~/.local/state/swale/history, or where SWALE_HISTORY says; an empty
        SWALE_HISTORY keeps none. Several prompts may write it at once.

        Where entries do not come from a terminal, they are read line by line, a line
        that begins with | or .name goes on with the one above, input() takes the next
        line, and the exit status is 1 when an entry failed.
        """, words: ["editing", "history", "prompt"]),
    Topic(
      name: "engines", summary: "interpreter and compiler, and how to time them",
      text: """
        Two engines give the same results: compile turns functions, loops and row
        expressions into closures; interpret walks the tree. compile is used unless
        --engine interpret or :engine interpret says otherwise.

        :time EXPR runs once and shows time and memory. :bench EXPR runs both engines
        by turns until the figures are stable, compares their results, and shows what
        the compiler left general, and why. swale bench FILE does it for a script, with
        --json for programs to read.

        Code that starts tasks is timed with one worker, two, and so on as well, up to
        all cores or --workers N. Each of its runs ends when its tasks have ended.

        Each run starts with the names as they were, tables are computed to their end,
        and what is printed is discarded. spread is the width of the middle half of the
        samples, as a part of the median. Results that differ between the engines are
        an error, unless one engine alone does not give the same twice.
        """, words: ["engine", "interpret", "compile", "bench", "time"]),
    Topic(
      name: "scripts", summary: "running files, arguments, exit status",
      text: """
        swale FILE ARGS runs a file; args is the list of its arguments, as strings. A
        first line #!/usr/bin/env swale makes the file a command. exit(n) ends it with
        a status.

        print writes to the output, print(x, err: true) to the error output; input()
        reads a line. swale check FILE... reports what can be known before running.

        Exit status: 0; 1 after an uncaught error; 2 for what is found before running;
        130 after Ctrl-C.
        """, words: ["script", "args", "exit"]),
    Topic(
      name: "changes", summary: "what is new in each version",
      text: """
        0.1.0, the first: the language on two engines; tables from csv, tsv, json and
        txt files, also gzipped; the prompt with history, search, completion and
        commands; scripts, check, bench and examples. Tasks and channels on all cores;
        map, where, derive and each take workers: n; verbs over channels, with batch,
        throttle and merge. All verbs of tables: window with lag, rank, rolling_mean and
        the like, fill, drop_nulls, explode, unpivot, pivot and sample; by: on where and
        derive; columns and tables indexed by conditions; :help cookbook.
        """, words: ["version", "new"]),
  ]
}

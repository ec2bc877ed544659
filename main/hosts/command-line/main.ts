process.stderr.write("no verbs yet\n");
process.exitCode = 2;

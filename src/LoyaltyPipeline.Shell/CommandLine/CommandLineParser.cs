using Microsoft.PowerShell;

namespace LoyaltyPipeline.Shell.CommandLine;

/// <summary>Reads the command line by pwsh's rules: options first, then one script or command that takes all the rest.</summary>
internal static class CommandLineParser
{
    /// <summary>Each option with the shortest abbreviation that pwsh takes for it.</summary>
    private static readonly (string Name, string Shortest)[] Options =
    [
        ("file", "f"), ("command", "c"), ("help", "h"), ("version", "v"), ("executionpolicy", "ex"),
        ("noprofile", "nop"), ("nologo", "nol"), ("noninteractive", "noni"),
    ];

    public static ShellOptions Parse(IReadOnlyList<string> args, bool inputIsRedirected)
    {
        var options = new ShellOptions();
        for (var i = 0; i < args.Count; i++)
        {
            if (string.Equals(args[i], "-", StringComparison.Ordinal))
                return StandardInput(options, "-", inputIsRedirected);
            if (NameOf(args[i]) is not { } option)
                return Script(options, args, i);
            switch (option)
            {
                case "help": return options with { Mode = RunMode.Help };
                case "version": return options with { Mode = RunMode.Version };
                case "file": return File(options, args, i + 1, inputIsRedirected);
                case "command": return Command(options, args, i + 1, inputIsRedirected);
                case "executionpolicy": options = options with { ExecutionPolicy = Policy(args, ++i) }; break;
                case "nologo": options = options with { NoLogo = true }; break;
                case "noninteractive": options = options with { NonInteractive = true }; break;
                default: break; // -NoProfile: there are no profiles here anyway
            }
        }

        return WithoutTarget(options, inputIsRedirected);
    }

    /// <returns>The option's full name, or null where the argument is no option but the script.</returns>
    private static string? NameOf(string argument)
    {
        if (argument is "/?" or "-?" or "--?")
            return "help";
        if (!argument.StartsWith('-'))
            return null;

        var given = argument.TrimStart('-').ToLowerInvariant();
        if (given is "ep")
            return "executionpolicy";
        foreach (var (name, shortest) in Options)
        {
            if (given.StartsWith(shortest, StringComparison.Ordinal) && name.StartsWith(given, StringComparison.Ordinal))
                return name;
        }

        throw new UsageException($"The option '{argument}' is not recognized.");
    }

    private static ShellOptions WithoutTarget(ShellOptions options, bool inputIsRedirected)
    {
        if (inputIsRedirected)
            return options with { Mode = RunMode.StandardInput };
        return options.NonInteractive
            ? throw new UsageException("There is nothing to run: -NonInteractive needs a script, -Command or a script on standard input.")
            : options;
    }

    private static ShellOptions File(ShellOptions options, IReadOnlyList<string> args, int index, bool inputIsRedirected)
    {
        if (index >= args.Count)
            throw new UsageException("A script file must follow -File.");
        return string.Equals(args[index], "-", StringComparison.Ordinal)
            ? StandardInput(options, "-File -", inputIsRedirected)
            : Script(options, args, index);
    }

    private static ShellOptions Script(ShellOptions options, IReadOnlyList<string> args, int index)
    {
        var path = Path.GetFullPath(args[index]);
        if (!System.IO.File.Exists(path))
        {
            throw new UsageException($"The argument '{args[index]}' is not recognized as the name of a script file. "
                + "Check the spelling of the name, or if a path was included, verify that the path is correct and try again.");
        }

        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"The file '{args[index]}' does not have the extension '.ps1'. Specify a PowerShell script file.");
        return options with { Mode = RunMode.Script, Target = path, Arguments = [.. args.Skip(index + 1)] };
    }

    private static ShellOptions Command(ShellOptions options, IReadOnlyList<string> args, int index, bool inputIsRedirected)
    {
        if (index >= args.Count)
            throw new UsageException("A command must follow -Command.");
        return args.Count == index + 1 && string.Equals(args[index], "-", StringComparison.Ordinal)
            ? StandardInput(options, "-Command -", inputIsRedirected)
            : options with { Mode = RunMode.Command, Target = string.Join(' ', args.Skip(index)) };
    }

    private static ShellOptions StandardInput(ShellOptions options, string what, bool inputIsRedirected) =>
        inputIsRedirected
            ? options with { Mode = RunMode.StandardInput }
            : throw new UsageException($"'{what}' reads the script from standard input, which is not redirected.");

    private static ExecutionPolicy Policy(IReadOnlyList<string> args, int index)
    {
        if (index >= args.Count)
            throw new UsageException("A policy must follow -ExecutionPolicy.");
        return Enum.TryParse<ExecutionPolicy>(args[index], ignoreCase: true, out var policy) && Enum.IsDefined(policy)
            ? policy
            : throw new UsageException($"'{args[index]}' is not an execution policy. One of: {string.Join(", ", Enum.GetNames<ExecutionPolicy>())}.");
    }
}

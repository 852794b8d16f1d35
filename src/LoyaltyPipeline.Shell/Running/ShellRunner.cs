using System.Management.Automation;
using LoyaltyPipeline.Shell.CommandLine;
using LoyaltyPipeline.Shell.Hosting;
using LoyaltyPipeline.Shell.Terminals;

namespace LoyaltyPipeline.Shell.Running;

/// <summary>Does what the command line says and gives back the process's exit code.</summary>
internal static class ShellRunner
{
    public static int Run(ShellOptions options)
    {
        if (options.Mode is RunMode.Help or RunMode.Version)
        {
            Console.WriteLine(options.Mode == RunMode.Help ? HelpText.Usage : HelpText.Version);
            return ExitCode.Success;
        }

        PrepareEngine();
        var output = new ShellOutput(TerminalFacts.Detect());
        if (!output.Colours)
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        var prompter = new Prompter(output, options.NonInteractive);
        var host = new ShellHost(new ShellUserInterface(output, prompter), output);
        using var session = new EngineSession(host, output, options.ExecutionPolicy);
        using var interruption = new Interruption(session, options.Mode == RunMode.Interactive);
        prompter.Interrupt = interruption.Interrupt;

        var exitCode = Run(options, session, host, output);
        output.ClearProgress();
        return interruption.ExitCode ?? host.RequestedExitCode ?? exitCode;
    }

    private static int Run(ShellOptions options, EngineSession session, ShellHost host, ShellOutput output)
    {
        switch (options.Mode)
        {
            case RunMode.Script:
                return session.RunFile(options.Target, ScriptArguments.Parse(options.Arguments));
            case RunMode.Command:
                return session.RunText(options.Target);
            case RunMode.StandardInput:
                return session.RunText(Console.In.ReadToEnd());
            default:
                if (!options.NoLogo)
                    output.WriteLine(HelpText.Banner);
                new InteractiveLoop(session, host, output).Run();
                return ExitCode.Success;
        }
    }

    /// <summary>The engine would otherwise report the use of modules to its maker over the network.</summary>
    private static void PrepareEngine()
    {
        const string OptOut = "POWERSHELL_TELEMETRY_OPTOUT";
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(OptOut)))
            Environment.SetEnvironmentVariable(OptOut, "1");
    }
}

using LoyaltyPipeline.Shell.CommandLine;
using LoyaltyPipeline.Shell.Running;

namespace LoyaltyPipeline.Shell;

internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            return ShellRunner.Run(CommandLineParser.Parse(args, Console.IsInputRedirected));
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine("Try: loyalty-shell -Help");
            return ExitCode.BadCommandLine;
        }
    }
}

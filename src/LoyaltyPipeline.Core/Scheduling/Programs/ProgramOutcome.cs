using System.Text;

namespace LoyaltyPipeline.Core.Scheduling.Programs;

/// <summary>What came of a program.</summary>
/// <param name="ExitCode">How it ended; null where it was ended because it took too long.</param>
/// <param name="Output">What it wrote, byte by byte.</param>
/// <param name="Errors">What it wrote beside that.</param>
internal sealed record ProgramOutcome(int? ExitCode, byte[] Output, string Errors)
{
    /// <summary>What it wrote, as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);
}

using System.Globalization;
using System.Management.Automation;

namespace LoyaltyPipeline.Shell.Terminals;

/// <summary>One line on standard error that says how far the work is; nothing where standard error is not a terminal.</summary>
internal sealed class ProgressLine(TerminalFacts terminal)
{
    /// <summary>Five times a second is as often as an eye wants it, and costs the work nothing.</summary>
    private const long MillisecondsBetweenDraws = 200;

    private readonly bool _enabled = terminal is { Error: true, Controllable: true };
    private long _drawnAt = -MillisecondsBetweenDraws;
    private int _activity;
    private bool _visible;

    public void Show(ProgressRecord record)
    {
        var now = Environment.TickCount64;
        if (!_enabled || now - _drawnAt < MillisecondsBetweenDraws)
            return;

        var text = Describe(record);
        var room = Math.Max(TerminalFacts.Columns - 1, 1);
        Console.Error.Write(Ansi.EraseLine + (text.Length > room ? text[..(room - 1)] + "…" : text));
        (_drawnAt, _activity, _visible) = (now, record.ActivityId, true);
    }

    public void Complete(int activity)
    {
        if (activity == _activity)
            Clear();
    }

    public void Clear()
    {
        if (!_visible)
            return;
        Console.Error.Write(Ansi.EraseLine);
        _visible = false;
    }

    internal static string Describe(ProgressRecord record)
    {
        var text = OneLine(record.Activity) + ": " + OneLine(record.StatusDescription);
        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
            text += " (" + OneLine(record.CurrentOperation) + ")";
        if (record.PercentComplete >= 0)
            text += string.Create(CultureInfo.InvariantCulture, $" {record.PercentComplete} %");
        if (record.SecondsRemaining >= 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(record.SecondsRemaining):c} left");
        return text;
    }

    private static string OneLine(string text) => Ansi.Plain(text).ReplaceLineEndings(" ").Trim();
}

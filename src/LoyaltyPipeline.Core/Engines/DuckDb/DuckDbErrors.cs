using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>
/// Turns the engine's failures into errors of the catalogue. What the engine says itself is English; what it passes on of the system is in
/// the language of the machine, and is for people only.
/// </summary>
internal static partial class DuckDbErrors
{
    public static LoyaltyException OfOpening(string location, DuckDBException exception)
    {
        if (HeldFile(exception.Message) is not { } held)
            return LoyaltyErrors.WarehouseUnavailable.Because(
                $"The warehouse file {location} cannot be opened: {FirstLine(exception)}", location, cause: exception);
        if (FileHolder.Find(exception.Message) is not { } holder)
            return HeldBySomebody(location, held, exception);
        return RunNotice.Read(location) is { } run && holder.Runs(run)
            ? LoyaltyErrors.RunLocked.Because($"The warehouse {location} is being written by {run}.", run, cause: exception)
            : LoyaltyErrors.WarehouseBusy.Because(
                $"The warehouse file {location} is open in {holder}.", location, holder.Remedy, exception);
    }

    // What the system says is in the language of the machine, and who it is it does not say.
    private static LoyaltyException HeldBySomebody(
        string location, string held, DuckDBException exception) => LoyaltyErrors.WarehouseBusy.Because(
        $"{(PathSpelling.Comparer.Equals(held, location) ? $"The warehouse file {location}" : $"{held}, which belongs to the warehouse file {location},")} is open in another program or on another machine.",
        location,
        "It may be a backup, a virus scanner, an indexer, or DuckDB on another machine. Wait for it with -LockTimeout, or close the file there.",
        exception);

    public static Exception OfStatement(string location, DuckDBException exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException("The statement was cancelled.", exception, cancellationToken);
        if (HasStopped(exception))
            return LoyaltyErrors.WarehouseStopped.Because(
                $"DuckDB has given up the warehouse {location}: {FirstLine(exception)}", location, cause: exception);
        if (exception.Message.Contains("attached in read-only mode", StringComparison.Ordinal))
            return LoyaltyErrors.WarehouseReadOnly.Because(
                $"The warehouse {location} is open for reading only.", location, cause: exception);
        if (HeldFile(exception.Message) is not { } file)
            return LoyaltyErrors.QueryFailed.Because(
                $"DuckDB refused a statement: {ValueShown.Hide(exception.Message)}",
                cause: ValueShown.IsIn(exception.Message) ? null : exception);
        return FileHolder.Find(exception.Message) is { } holder
            ? LoyaltyErrors.WarehouseBusy.Because($"It is open in {holder}.", file, holder.Remedy, exception)
            : FileUse.Error(file, "opened", exception);
    }

    /// <summary>What the engine says of a query that a user wrote, and where.</summary>
    /// <param name="message">What the engine said; behind it, it repeats the line of the query with a mark below.</param>
    public static StatementException OfQuery(string message, string sql)
    {
        var repeated = RepeatedLine().Match(message);
        var reason = ValueShown.HideAll(repeated.Success ? message[..repeated.Index] : message);
        return repeated.Success
            ? new StatementException(
                reason, int.Parse(repeated.Groups["line"].ValueSpan, CultureInfo.InvariantCulture), ColumnOf(repeated, sql))
            : new StatementException(reason, line: null, column: null);
    }

    // Of a long line the engine shows a part, with dots where it is cut off.
    private static int? ColumnOf(Match repeated, string sql)
    {
        const string Dots = "...";
        var line = sql.Split('\n').ElementAtOrDefault(
            int.Parse(repeated.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) - 1) ?? string.Empty;
        var (shown, mark) = (repeated.Groups["text"].Value, repeated.Groups["mark"].Length - repeated.Groups["head"].Length);
        if (!line.Contains(shown, StringComparison.Ordinal) && shown.StartsWith(Dots, StringComparison.Ordinal))
            (shown, mark) = (shown[Dots.Length..], mark - Dots.Length);
        if (!line.Contains(shown, StringComparison.Ordinal) && shown.EndsWith(Dots, StringComparison.Ordinal))
            shown = shown[..^Dots.Length];
        return line.IndexOf(shown, StringComparison.Ordinal) is var start and >= 0 && mark >= 0 ? start + mark + 1 : null;
    }

    /// <summary>What the engine says of a file that it was given to read, without the statement, which the user has not written.</summary>
    public static string ReasonOf(Exception exception) =>
        exception.InnerException is DuckDBException failure ? FirstLine(failure) : exception.Message;

    /// <summary>
    /// Whether the engine takes no more statements for a database: what it could not write it could not take back either.
    /// </summary>
    /// <param name="exception">The engine's failure.</param>
    public static bool HasStopped(DuckDBException exception) =>
        exception.ErrorType == DuckDBErrorType.Fatal || exception.Message.StartsWith("FATAL Error", StringComparison.Ordinal)
            || exception.Message.Contains("has been invalidated", StringComparison.Ordinal);

    /// <summary>Whether the engine was kept from a file that another program has open.</summary>
    /// <param name="exception">The engine's failure.</param>
    public static bool IsHeld(DuckDBException exception) => HeldFile(exception.Message) is not null;

    // The file that another program has open. Where the engine says no more than that it cannot open one, the reason is the system's, and
    // the file is tried here; on Windows somebody may just have let go of it. (Elsewhere opening and closing it would set free the locks
    // that others of this process have on it.)
    private static string? HeldFile(string message)
    {
        var match = Refusal().Match(message);
        var file = match.Groups["file"].Value;
        return match.Success
            && (match.Groups["held"].Success || message.Contains("is already open in", StringComparison.Ordinal) || FileUse.IsHeld(file)
                || (OperatingSystem.IsWindows() && FileUse.IsFree(file))) ? file : null;
    }

    // Later lines repeat the statement or give hints that speak of DuckDB's own client.
    private static string FirstLine(DuckDBException exception) => exception.Message.Split('\n', 2)[0].Trim();

    [GeneratedRegex(
        "((?<held>Could not set lock on)|Cannot open) file \"(?<file>[^\"]+)\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refusal();

    [GeneratedRegex(
        @"\n+(?<head>LINE (?<line>\d+): )(?<text>[^\n]*)\n(?<mark> *)\^",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RepeatedLine();

    /// <summary>The process that has a DuckDB file open.</summary>
    /// <param name="Name">Name of its program; null where it cannot be seen.</param>
    /// <param name="StartedAt">When it was started (UTC); null where it cannot be seen.</param>
    private sealed partial record FileHolder(int ProcessId, string? Name, DateTime? StartedAt)
    {
        /// <summary>What can be done about it.</summary>
        public string Remedy =>
            $"Wait for it with -LockTimeout, run Disconnect-LoyaltyWarehouse in it, or end it with Stop-Process -Id {ProcessId}; a DuckDB file is open in one process at a time.";

        /// <summary>Finds the process that the engine names in its refusal to open a file.</summary>
        /// <param name="message">The engine's message.</param>
        /// <returns>The process; null where the engine names none, as of a file on a share that another machine has open.</returns>
        public static FileHolder? Find(string message)
        {
            if (!int.TryParse(ProcessIdPattern().Match(message).Groups["id"].Value, CultureInfo.InvariantCulture, out var id) || id == 0)
                return null;
            try
            {
                using var process = Process.GetProcessById(id);
                return new FileHolder(id, process.ProcessName, process.StartTime.ToUniversalTime());
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It has ended since, or belongs to somebody else.
                return new FileHolder(id, Name: null, StartedAt: null);
            }
        }

        /// <summary>Whether a run that was announced is this process's. Process ids are used again.</summary>
        public bool Runs(RunHolder run) => run.ProcessId == ProcessId && !(run.Since < StartedAt);

        /// <summary>The process in words.</summary>
        public override string ToString() =>
            $"process {ProcessId}{(Name is null ? string.Empty : $" ({Name})")}{(StartedAt is { } start ? $", started {start.ToString("u", CultureInfo.InvariantCulture)}" : string.Empty)}";

        [GeneratedRegex(@"\(PID (?<id>\d+)\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
        private static partial Regex ProcessIdPattern();
    }
}

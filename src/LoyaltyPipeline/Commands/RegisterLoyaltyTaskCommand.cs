using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Loading;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Registers the daily run as a scheduled job: with the Task Scheduler of Windows, systemd or cron.</summary>
/// <remarks>
/// <para>
/// The job starts Daily.ps1 of this module with the PowerShell that this session runs, both by their full paths, without a profile, a
/// terminal or a working directory. What is relative here is written in full. The exit code of Daily.ps1 is that of the job; what it writes
/// goes where its starter puts it: the journal of systemd, the mail of cron (MAILTO), nowhere in Windows.
/// </para>
/// <para>
/// Each starter is told what it can be: not to start the job while it runs, when to end it, when to try again, to wake the machine. What
/// one cannot do is an error, and so is a schedule that it cannot keep exactly. docs/schedule.md has the table.
/// </para>
/// <para>
/// Done again with the same parameters it changes nothing; a job of the name that differs is replaced with -Force alone. No password, key
/// or token goes into a definition: name a file of environment variables with -EnvironmentFile, or set them for the account.
/// </para>
/// </remarks>
/// <example>
/// <code>Register-LoyaltyTask -Name Daily -Schedule '0 4 * * *' -AsDefinition</code>
/// Prints what would be registered.
/// </example>
/// <example>
/// <code>Register-LoyaltyTask Daily '0 4 * * *' -Warehouse /data/loyalty.duckdb -Config /data/pipeline.yml -Landing /data/landing -LockTimeout 00:30:00 -WhatIf</code>
/// Shows what would be registered: every day at 04:00, waiting up to half an hour for another run.
/// </example>
/// <example>
/// <code>Register-LoyaltyTask Daily '0 4 * * MON-FRI' -Kind TaskScheduler -Account 'CONTOSO\svc-loyalty$' -WakeToRun -PowerShell 'C:\Program Files\PowerShell\7\pwsh.exe' -ScriptPath 'C:\Program Files\LoyaltyPipeline\module\pipelines\Daily.ps1' -Warehouse 'D:\Loyalty\loyalty.duckdb' -AsDefinition > daily.xml</code>
/// Writes the task of a server for somebody else to import there.
/// </example>
[Cmdlet(VerbsLifecycle.Register, "LoyaltyTask", SupportsShouldProcess = true)]
[OutputType(typeof(ScheduledTask), typeof(string))]
public sealed class RegisterLoyaltyTaskCommand : AsyncCmdlet
{
    private const string LocationVariable = "LOYALTY_WAREHOUSE";

    private readonly TaskRegistry _registry = new();

    /// <summary>The name of the job: letters of ASCII, digits, dots, hyphens and underscores.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// When it starts: minute, hour, day of the month, month and weekday, as cron has them. One of the two days is a star.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Schedule { get; set; } = string.Empty;

    /// <summary>What starts it. Where it is not given, the Task Scheduler in Windows, systemd where it runs, else cron.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NamesTransformation]
    public TaskKind? Kind { get; set; }

    /// <summary>Whose clock the schedule goes by: that of the machine, or UTC, by which the days of the pipeline are.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NamesTransformation]
    public TaskTimeZone TimeZone { get; set; }

    /// <summary>Whose systemd runs it; where it is not given the system's for root, and the user's own for others.</summary>
    [Parameter]
    [NamesTransformation]
    public TaskScope? Scope { get; set; }

    /// <summary>
    /// The account it runs as, where that is another: for the Task Scheduler also a group managed service account, which ends with $, or
    /// SYSTEM, LOCAL SERVICE or NETWORK SERVICE.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    /// <summary>A file of environment variables, a line NAME=value each, for secrets among others. Not for the Task Scheduler.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EnvironmentFile { get; set; }

    /// <summary>
    /// After how long a run is ended: seconds, or a time such as 02:00:00; 0 for never. Where it is not given six hours, and never for
    /// cron.
    /// </summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan TimeLimit { get; set; }

    /// <summary>How often it is started again where it failed. Not for cron; the Task Scheduler does it where the start failed.</summary>
    [Parameter]
    [ValidateRange(0, 255)]
    [WholeNumberTransformation]
    public int RetryCount { get; set; }

    /// <summary>
    /// How long after a failure it is started again: seconds, or a time such as 00:10:00, which is what holds by default.
    /// </summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Wakes the machine for it. Not for cron, nor for a user's own systemd.</summary>
    [Parameter]
    public SwitchParameter WakeToRun { get; set; }

    /// <summary>Makes up for a start that was missed, as while the machine was off. Not for cron.</summary>
    [Parameter]
    public SwitchParameter StartWhenAvailable { get; set; }

    /// <summary>
    /// The warehouse of the run. Where it is not given, the connected one, or else the file or connection that the environment variable
    /// LOYALTY_WAREHOUSE names now; where there is none either, the job needs that variable.
    /// </summary>
    [Parameter]
    [WarehouseTransformation]
    [ValidateNotNull]
    public LoyaltyWarehouse? Warehouse { get; set; }

    /// <summary>The configuration file of the run. Where it is not given, pipeline.yml in the current location, if there is one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    /// <summary>Files, or folders of files, that the run imports first.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Landing { get; set; } = [];

    /// <summary>Who is delivered to; an empty text or list for nobody. Where it is not given, as Daily.ps1 says.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? Consumer { get; set; }

    /// <summary>A file for the results of the checks.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>A file for the dashboard.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Dashboard { get; set; }

    /// <summary>How long the run waits for another one: seconds, or a time such as 00:30:00. By default not at all.</summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan LockTimeout { get; set; }

    /// <summary>
    /// Further parameters of the script by their names, as texts, numbers or lists; True for a switch. Paths are given in full.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Parameter { get; set; } = new Hashtable();

    /// <summary>The PowerShell that is started. Where it is not given, that of this session.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PowerShell { get; set; }

    /// <summary>The script that is started. Where it is not given, Daily.ps1 of this module.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScriptPath { get; set; }

    /// <summary>Prints the definition and registers nothing; also for what starts no jobs on this machine.</summary>
    [Parameter]
    public SwitchParameter AsDefinition { get; set; }

    /// <summary>Replaces a job of the name that differs.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Makes the source LoyaltyPipeline of the event log too. In Windows, as an administrator.</summary>
    [Parameter]
    public SwitchParameter EventSource { get; set; }

    private TaskKind WantedKind => Kind ?? TaskRegistry.UsualKind;

    // The Task Scheduler wants a name, where elsewhere it is the one that registers.
    private string? UsualAccount => IsForHere && WantedKind == TaskKind.TaskScheduler
        ? $@"{Environment.UserDomainName}\{Environment.UserName}"
        : null;

    private bool IsForHere => TaskRegistry.KindsHere.Contains(WantedKind);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync();
        if (AsDefinition)
        {
            await WriteObjectAsync(_registry.Define(plan, WantedKind).TrimEnd());
            return;
        }

        if (EventSource
            && await ShouldProcessAsync($"Make the source {EventLogSource.Name} of the event log", "Make the source of the event log?"))
        {
            EventLogSource.Register();
        }

        await RegisterAsync(plan, cancellationToken);
    }

    private async Task RegisterAsync(TaskPlan plan, CancellationToken cancellationToken)
    {
        var planned = await _registry.PlanAsync(plan, WantedKind, cancellationToken);
        if (planned.Outcome == TaskOutcome.Unchanged)
        {
            await WriteObjectAsync(planned);
            return;
        }

        var isThere = planned.Outcome == TaskOutcome.Replaced;
        if (isThere && !Force)
            throw LoyaltyErrors.TaskExists.Because($"There is a job {Name} of {WantedKind} already, and it differs.", Name);
        var isMeant = await ShouldProcessAsync(
            $"{(isThere ? "Replace" : "Register")} the job {Name} ({planned.Schedule}) of {WantedKind}",
            $"{(isThere ? "Replace" : "Register")} the job {Name}?");
        if (isMeant)
            await WriteObjectAsync(await _registry.RegisterAsync(plan, WantedKind, cancellationToken));
        else if (await IsWhatIfAsync())
            await WriteObjectAsync(planned);
    }

    private async Task<TaskPlan> PlanAsync()
    {
        var job = new DailyJob(ScriptPath is null ? ModuleLayout.DailyScript : await PlaceAsync(ScriptPath))
        {
            PowerShell = PowerShell is null
                ? HostPowerShell.Find(await OnPipelineThreadAsync(() => (string)SessionState.PSVariable.GetValue("PSHOME")))
                : HostPowerShell.At(await PlaceAsync(PowerShell)),
            Parameters = await ParametersAsync(),
        };
        return new TaskPlan(Name, CronSchedule.Parse(Schedule), job.ToCommand(WantedKind))
        {
            TimeZone = TimeZone,
            Scope = Scope,
            Account = Account ?? UsualAccount,
            EnvironmentFile = EnvironmentFile is null ? null : await PlaceAsync(EnvironmentFile),
            TimeLimit = MyInvocation.BoundParameters.ContainsKey(nameof(TimeLimit)) ? TimeLimit : null,
            RetryCount = RetryCount,
            RetryInterval = RetryInterval,
            WakesMachine = WakeToRun,
            CatchesUp = StartWhenAvailable,
        };
    }

    private async Task<IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>>> ParametersAsync()
    {
        var all = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        void Add(string name, params IReadOnlyList<string> values) => all.Add(new(name, values));

        if (await WarehouseTextAsync() is { } warehouse)
            Add(nameof(Warehouse), warehouse);
        else if (EnvironmentFile is null)
            Reporter.Warning($"The job names no warehouse: it needs the environment variable {LocationVariable}, or -Warehouse.");
        if (await ConfigAsync() is { } config)
            Add(nameof(Config), config);
        if (Landing.Length > 0)
            Add(nameof(Landing), [.. await Task.WhenAll(Landing.Select(PlaceAsync))]);
        if (Consumer is not null)
            Add(nameof(Consumer), Consumer.Length == 0 ? [string.Empty] : Consumer);
        if (OutFile is not null)
            Add(nameof(OutFile), await PlaceAsync(OutFile));
        if (Dashboard is not null)
            Add(nameof(Dashboard), await PlaceAsync(Dashboard));
        if (LockTimeout > TimeSpan.Zero)
            Add(nameof(LockTimeout), LockTimeout.ToString("c", CultureInfo.InvariantCulture));
        foreach (DictionaryEntry further in Parameter)
            all.AddRange(await FurtherAsync(Text(further.Key), further.Value));
        return all;
    }

    private async Task<IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>>> FurtherAsync(string name, object? value)
    {
        value = value is PSObject wrapped ? wrapped.BaseObject : value;
        await DemandParameterAsync(name, value);
        return value switch
        {
            true or SwitchParameter { IsPresent: true } => [new(name, [])],
            false or SwitchParameter or null => [],
            IList values => [new(name, [.. values.Cast<object>().Select(Text)])],
            _ => [new(name, [Text(value)])],
        };
    }

    // A script of another machine cannot be asked.
    private async Task DemandParameterAsync(string name, object? value)
    {
        var script = ScriptPath is null ? ModuleLayout.DailyScript : await PlaceAsync(ScriptPath);
        var known = await OnPipelineThreadAsync(() =>
            InvokeCommand.GetCommand(script, CommandTypes.ExternalScript)?.Parameters);
        var parameter = known?.GetValueOrDefault(name);
        if (known is not null && parameter is null)
            throw NotFurther($"{Path.GetFileName(script)} has no parameter {name}.", name);
        if (parameter is not null && parameter.SwitchParameter != value is bool or SwitchParameter && value is not null)
            throw NotFurther(
                parameter.SwitchParameter ? $"{name} is a switch and takes $true or $false." : $"{name} takes a value, and {value} is none.", name);
        if (value is string { Length: 0 })
            throw NotFurther($"{name} has an empty text for a value.", name);
        if (GetType().GetProperty(name)?.DeclaringType == GetType())
            throw NotFurther($"{name} is a parameter of this cmdlet.", name);
    }

    private static LoyaltyException NotFurther(string why, string name) =>
        LoyaltyErrors.TaskInvalid.Because(why, name, "Correct it in -Parameter.");

    private static string Text(object? value) =>
        Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) ?? string.Empty;

    private async Task<string?> ConfigAsync()
    {
        if (Config is not null)
            return await PlaceAsync(Config);
        var folder = await OnPipelineThreadAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        var path = Path.Combine(folder, PipelineCmdlet.DefaultConfig);
        return IsForHere && File.Exists(path) ? path : null;
    }

    private async Task<string?> WarehouseTextAsync()
    {
        if (Warehouse is { IsConnected: false } named && IsPlaceElsewhere(named.Location))
            return named.Location;
        var chosen = Warehouse ?? (IsForHere ? await OnPipelineThreadAsync(ChooseWarehouse) : null);
        chosen = chosen is null ? null : await OnPipelineThreadAsync(() => chosen.Resolve(SessionState));
        if (chosen is null || chosen.ConnectionName is not null)
            return chosen?.ConnectionName;
        if (File.Exists(chosen.Location) || !chosen.IsConnected && chosen.Location != LoyaltyWarehouse.InMemory)
            return chosen.Location;
        return Warehouse is null
            ? null
            : throw LoyaltyErrors.TaskInvalid.Because(
                $"A job cannot open the warehouse {chosen.Location}.", chosen.Location,
                "Give the path of a file, or the name of a connection in connections.toml.");
    }

    private LoyaltyWarehouse? ChooseWarehouse() =>
        DefaultWarehouse.Of(Runspace.DefaultRunspace)
        ?? (Environment.GetEnvironmentVariable(LocationVariable) is { Length: > 0 } path ? LoyaltyWarehouse.At(SessionState, path) : null);

    // Of another machine a path is taken as it stands there.
    private async Task<string> PlaceAsync(string path) => IsPlaceElsewhere(path) ? path : await ResolvePathAsync(path);

    private bool IsPlaceElsewhere(string path) => !IsForHere && (WantedKind == TaskKind.TaskScheduler
        ? WindowsPath.ProblemOf(path) is null && (WindowsPath.IsOnDrive(path) || path.StartsWith(@"\\", StringComparison.Ordinal))
        : path.StartsWith('/'));
}

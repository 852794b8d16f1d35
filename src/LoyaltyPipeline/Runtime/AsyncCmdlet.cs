using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Runtime;

/// <summary>
/// A cmdlet whose work runs on the thread pool. Everything that PowerShell allows only on the pipeline thread goes through one queue:
/// use the methods and the reporter of this class, not those of <see cref="Cmdlet"/>, inside <see cref="ProcessAsync"/> and its siblings.
/// Stopping the pipeline cancels the work, and the cmdlet ends only when the work has ended.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    internal const string DefaultConfig = "pipeline.yml";

    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineReporter _reporter;
    private PipelineQueue? _queue;
    private ProcessEnding? _ending;
    private volatile Task _work = Task.CompletedTask;

    /// <summary>Makes the cmdlet.</summary>
    protected AsyncCmdlet() => _reporter = new PipelineReporter(
        this, action => _queue?.Post(action), failure => OnError(failure),
        cancellationToken => OnPipelineThreadAsync(static () => true).WaitAsync(cancellationToken));

    private PipelineQueue Queue => _queue ?? throw new InvalidOperationException("A cmdlet writes only while its work runs.");

    /// <summary>Where the work reports progress, warnings and details.</summary>
    protected IRunReporter Reporter => _reporter;

    /// <summary>Whether what it goes on from was only planned, so that it can only plan too.</summary>
    private protected bool PlansOnly { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Work before the first input.</summary>
    /// <param name="cancellationToken">Cancelled when the pipeline stops.</param>
    /// <returns>When it is done.</returns>
    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Work for each input, or once where there is none.</summary>
    /// <param name="cancellationToken">Cancelled when the pipeline stops.</param>
    /// <returns>When it is done.</returns>
    protected virtual Task ProcessAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Work after the last input.</summary>
    /// <param name="cancellationToken">Cancelled when the pipeline stops.</param>
    /// <returns>When it is done.</returns>
    protected virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Emits an object; waits while those that read the pipeline are behind.</summary>
    /// <param name="value">The object.</param>
    /// <returns>When it is on its way.</returns>
    protected Task WriteObjectAsync(object value) => PostAsync(() => WriteObject(value));

    /// <summary>
    /// Emits a file as Get-Item does: it knows its provider, so that Copy-Item and Invoke-Item take it from the pipeline.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <returns>When it is on its way.</returns>
    protected Task WriteFileAsync(FileInfo file) => PostAsync(() =>
        WriteObject(
            InvokeProvider.Item.Get([FileSystemPath.Qualify(SessionState, file.FullName)], force: true, literalPath: true),
            enumerateCollection: true));

    /// <summary>Writes an error after which the work goes on.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>When it is on its way.</returns>
    protected Task WriteErrorAsync(Exception exception)
    {
        OnError(exception);
        return PostAsync(() => WriteError(ErrorRecords.Of(exception)));
    }

    /// <summary>Hears of each error after which the work goes on.</summary>
    private protected virtual void OnError(Exception failure)
    {
    }

    /// <summary>
    /// Shows a line after what was emitted, on the information stream, as Write-Host does: seen unless the user keeps it away.
    /// </summary>
    /// <param name="text">The line.</param>
    /// <returns>When it is on its way.</returns>
    protected Task WriteHostAsync(string text) =>
        PostAsync(() => WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]));

    /// <summary>Asks whether to do what is described; <c>-WhatIf</c> shows the description and answers no.</summary>
    /// <param name="description">What will be done, as <c>-WhatIf</c> and <c>-Verbose</c> show it.</param>
    /// <param name="question">The question that <c>-Confirm</c> asks.</param>
    /// <returns>Whether to do it.</returns>
    /// <exception cref="LoyaltyException"><c>ConfirmationUnavailable</c>.</exception>
    protected async Task<bool> ShouldProcessAsync(string description, string question)
    {
        if (!PlansOnly || await IsAskedWhatIfAsync())
            return await OnPipelineThreadAsync(
                () => Ask(() => ShouldProcess(description, question, MyInvocation.MyCommand.Name), question));
        await WriteHostAsync($"What if: {description}");
        return false;
    }

    /// <summary>Asks a question that <c>-Confirm</c> does not govern.</summary>
    /// <param name="question">The question.</param>
    /// <returns>Whether the answer is yes.</returns>
    /// <exception cref="LoyaltyException"><c>ConfirmationUnavailable</c>.</exception>
    protected Task<bool> ShouldContinueAsync(string question) =>
        OnPipelineThreadAsync(() => Ask(() => ShouldContinue(question, MyInvocation.MyCommand.Name), question));

    /// <summary>
    /// Whether only a plan is wanted: the user asked what would be done, by <c>-WhatIf</c> or by the preference of the session, of this
    /// cmdlet or of the one that it goes on from.
    /// </summary>
    /// <returns>True where nothing may be written.</returns>
    protected async Task<bool> IsWhatIfAsync() => PlansOnly || await IsAskedWhatIfAsync();

    private Task<bool> IsAskedWhatIfAsync() => OnPipelineThreadAsync(() => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound) ? bound : SessionState.PSVariable.GetValue("WhatIfPreference")));

    /// <summary>The full path of a file that the user named, which PowerShell takes from its own current location.</summary>
    /// <param name="path">The path as given.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="LoyaltyException"><c>PathNotSupported</c>: it is no path of the file system.</exception>
    protected Task<string> ResolvePathAsync(string path) => OnPipelineThreadAsync(() => FileSystemPath.Resolve(SessionState, path));

    /// <summary>The full path of the configuration.</summary>
    /// <param name="config">The path as given; null where none was.</param>
    /// <returns>The path; where none was given, that of pipeline.yml in the current location, and null where there is none.</returns>
    /// <exception cref="LoyaltyException"><c>PathNotSupported</c>: it is no path of the file system.</exception>
    private protected async Task<string?> FindConfigAsync(string? config)
    {
        if (config is not null)
            return await ResolvePathAsync(config);
        var folder = await OnPipelineThreadAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        var path = Path.Combine(folder, DefaultConfig);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The full paths of the files and folders that a pattern of the user fits.</summary>
    /// <param name="pattern">The pattern as given.</param>
    /// <returns>The full paths; none where it fits nothing.</returns>
    /// <exception cref="LoyaltyException"><c>PathNotSupported</c>: it is none of the file system.</exception>
    protected Task<IReadOnlyList<string>> ExpandPathAsync(string pattern) =>
        OnPipelineThreadAsync(() => FileSystemPath.Expand(SessionState, pattern));

    /// <summary>Calls what PowerShell allows only on the pipeline thread, from the work.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="request">The call.</param>
    /// <returns>The answer.</returns>
    protected async Task<T> OnPipelineThreadAsync<T>(Func<T> request)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = Queue;
        await queue.PostAsync(() =>
        {
            try
            {
                answer.SetResult(request());
            }
            catch (Exception exception) when (exception is not RuntimeException)
            {
                // The engine's own exceptions stop the pipeline and belong to its thread; any other belongs to the work.
                answer.SetException(exception);
            }
        }, _stop.Token);
        // Not the stop token: what was asked is answered as long as the queue runs, and the work must know what was done.
        return await answer.Task.WaitAsync(queue.Abandoned);
    }

    /// <summary>Frees what the cmdlet holds, however it ended.</summary>
    /// <param name="disposing">Whether managed resources are to be freed.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _ending?.Dispose();
        _stop.Dispose();
    }

    // A host that cannot ask says so in ways of its own: PowerShell's console by one exception without terminal and another where the input
    // ends, others by a third.
    private static bool Ask(Func<bool> ask, string question)
    {
        try
        {
            return ask();
        }
        catch (Exception exception) when (exception is HostException or not RuntimeException)
        {
            throw ModuleErrors.ConfirmationUnavailable.Because($"Nobody can be asked here: {question}", cause: exception);
        }
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        _ending = new ProcessEnding(Cancel, () => _work);
        Run(BeginAsync);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(EndAsync);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => Cancel();

    private void Run(Func<CancellationToken, Task> work)
    {
        foreach (var (text, isWarning) in BindingNotes.Take(MyInvocation.BoundParameters.Values))
        {
            if (isWarning)
                WriteWarning(text);
            else
                WriteVerbose(text);
        }

        using var queue = new PipelineQueue();
        _queue = queue;
        var worker = Task.Run(() => WorkAsync(work, queue, _stop.Token), CancellationToken.None);
        _work = worker;
        try
        {
            queue.Pump(_reporter.ShowProgress, PipelineReporter.ProgressInterval);
        }
        catch
        {
            // The pipeline was stopped while something was written: by Ctrl+C, by a reader that has enough, by an error action of Stop.
            // What the worker says to being cancelled is of no interest then; that it has ended is.
            queue.Abandon();
            Cancel();
            ((IAsyncResult)worker).AsyncWaitHandle.WaitOne();
            throw;
        }
        finally
        {
            _queue = null;
        }

        Finish(worker);
    }

    private static async Task WorkAsync(Func<CancellationToken, Task> work, PipelineQueue queue, CancellationToken cancellationToken)
    {
        // What the work writes, stores and reads back says the same for everybody: days of the Gregorian calendar, a point in decimals.
        // The culture goes with the work, into all it awaits and starts, and ends with it; the session keeps its own.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            await work(cancellationToken);
        }
        finally
        {
            queue.Complete();
        }
    }

    private void Finish(Task worker)
    {
        _reporter.EndProgress();
        try
        {
            worker.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception)
        {
            ThrowTerminatingError(ErrorRecords.Of(exception));
        }
    }

    private void Cancel()
    {
        try
        {
            // What waits for the token goes on where it belongs, on the thread pool, not inside this call.
            _ = _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It comes from another thread and may meet a cmdlet that has just ended.
        }
    }

    private Task PostAsync(Action action) => Queue.PostAsync(action, _stop.Token);
}

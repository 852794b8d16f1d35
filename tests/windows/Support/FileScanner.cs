using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace LoyaltyPipeline.TestSupport;

/// <summary>
/// Does to a folder what virus scanners, indexers and backups do in Windows: opens each file that appears in it and holds it for a while,
/// so that meanwhile nobody can delete, rename, replace or write it.
/// </summary>
public sealed class FileScanner : IDisposable
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = 0,
        IgnoreInaccessible = true,
    };

    private readonly string _folder;
    private readonly TimeSpan _hold;
    private readonly HashSet<(string Path, DateTime Written, long Length)> _known = [];
    private readonly List<(FileStream File, DateTime Until)> _held = [];
    private readonly ConcurrentQueue<string> _scanned = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <summary>Begins to look. Files that are there already are not looked at.</summary>
    /// <param name="folder">The folder, with all that is below it.</param>
    /// <param name="hold">How long each file is held.</param>
    public FileScanner(string folder, TimeSpan hold)
    {
        _folder = folder;
        _hold = hold;
        foreach (var file in Files())
            _known.Add(Key(file));
        _thread = new Thread(Scan) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The files that were opened, in order: full paths. One that came again under its name is there again.</summary>
    public IReadOnlyList<string> Scanned => [.. _scanned];

    /// <summary>Stops looking, and lets go of what is held.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Scan()
    {
        do
        {
            Release(DateTime.UtcNow);
            foreach (var file in Files().Where(file => !_known.Contains(Key(file))))
                Open(file);
        }
        while (!_stop.Wait(5));
        Release(DateTime.MaxValue);
    }

    private void Open(FileInfo file)
    {
        try
        {
            // Others may read it, and no more.
            var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);
            file.Refresh();
            _known.Add(Key(file));
            _held.Add((stream, _hold == Timeout.InfiniteTimeSpan ? DateTime.MaxValue : DateTime.UtcNow + _hold));
            _scanned.Enqueue(file.FullName);
        }
        catch (IOException)
        {
            // Somebody writes it: it is opened as soon as that is over. Or it is gone.
        }
        catch (UnauthorizedAccessException)
        {
            // It is being deleted.
        }
    }

    private void Release(DateTime now)
    {
        foreach (var (file, _) in _held.Where(held => held.Until <= now))
            file.Dispose();
        _held.RemoveAll(held => held.Until <= now);
    }

    private List<FileInfo> Files()
    {
        try
        {
            return [.. new DirectoryInfo(_folder).EnumerateFiles("*", Everything)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static (string Path, DateTime Written, long Length) Key(FileInfo file)
    {
        try
        {
            return (file.FullName, file.LastWriteTimeUtc, file.Length);
        }
        catch (IOException)
        {
            // Gone since it was listed.
            return (file.FullName, default, 0);
        }
    }
}

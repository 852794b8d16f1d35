using System.Net.Sockets;

namespace LoyaltyPipeline.S3Support.Http;

/// <summary>One side of a connection: reads heads and bodies of messages, and remembers what it has read too much.</summary>
internal sealed class Channel : IDisposable
{
    private const int LargestHead = 64 * 1024;
    private readonly Socket _socket;
    private byte[] _buffer = new byte[128 * 1024];
    private int _from;
    private int _to;

    public Channel(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
    }

    /// <summary>Whether the other side has ended the connection, or said something that nobody asked for.</summary>
    public bool IsStale => _from < _to || _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Reads to the empty line that ends a head, and no further as far as the next reader is concerned.</summary>
    /// <returns>The head with that line; null where the other side ended the connection before it began one.</returns>
    public async Task<byte[]?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_from.._to).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = _buffer[_from..(_from + end + 4)];
                _from += head.Length;
                return head;
            }

            if (_to - _from > LargestHead)
                throw new IOException("A head without an end.");
            if (await FillAsync(cancellationToken))
                continue;
            return _from == _to ? null : throw new IOException("The connection ended in a head.");
        }
    }

    /// <summary>Reads a body and passes it on.</summary>
    /// <param name="body">Knows where it ends.</param>
    /// <param name="target">Where it goes; null for nowhere.</param>
    /// <param name="most">How many bytes to read; the rest of the body is left.</param>
    public async Task PumpAsync(MessageBody body, Channel? target, long most, CancellationToken cancellationToken)
    {
        while (!body.IsDone && most > 0)
        {
            if (_from == _to && !await FillAsync(cancellationToken))
            {
                body.End();
                return;
            }

            var length = body.Take(_buffer.AsSpan(_from, (int)Math.Min(most, _to - _from)));
            if (target is not null)
                await target.WriteAsync(_buffer.AsMemory(_from, length), cancellationToken);
            _from += length;
            most -= length;
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, cancellationToken)..];
    }

    /// <summary>Reads until the other side ends the connection.</summary>
    public async Task UntilClosedAsync(CancellationToken cancellationToken)
    {
        do
        {
            _from = _to;
        }
        while (await FillAsync(cancellationToken));
    }

    /// <summary>
    /// Says that no more comes and waits a moment for the other side to end: ending at once could take back what was sent last.
    /// </summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _socket.Shutdown(SocketShutdown.Send);
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        moment.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await UntilClosedAsync(moment.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Long enough.
        }
    }

    /// <summary>Ends the connection so that the other side finds it broken.</summary>
    public void Reset()
    {
        if (!_socket.SafeHandle.IsClosed)
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    // Reads some more; false where the other side has ended the connection.
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_from == _to)
            _from = _to = 0;
        if (_to == _buffer.Length)
            MakeRoom();
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_to), cancellationToken);
        _to += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        var next = _from > 0 ? _buffer : new byte[_buffer.Length * 2];
        _buffer.AsSpan(_from.._to).CopyTo(next);
        (_buffer, _from, _to) = (next, 0, _to - _from);
    }
}
